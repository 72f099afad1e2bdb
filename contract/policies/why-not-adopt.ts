import { Refusal } from '#contract/platform'
import type { PlainDate } from './condition.ts'
import { danglingRefs } from './dangling-refs.ts'
import type { Pack } from './pack.ts'

/** An adoption on file, as far as what may be done with it asks. */
export interface AdoptionDates {
  readonly from: PlainDate
  readonly until: PlainDate | null
  readonly withdrawn: boolean
}

const over = (sentence: string) => new Refusal('policies.adoption-over', sentence)

/** Why a version may not be adopted from a day; rules of days gone by are never changed. */
export function whyNotAdoptFrom(from: PlainDate, today: PlainDate): Refusal | undefined {
  if (from >= today) return undefined
  return new Refusal('policies.adopt-in-the-past', '不能从过去的日子起采用:过去的事按当时的规则算。', 'invalid', [
    { field: 'from', reason: '应是今天或以后' },
  ])
}

/** Why these packs do not stand together, in the words of the rules that would hang in the air. */
export function whyNotTogether(packs: readonly Pack[]): Refusal | undefined {
  const hanging = danglingRefs(packs)
  if (hanging.length === 0) return undefined
  return new Refusal(
    'policies.rules-hang',
    `这一版与上下级正在执行的版本接不上:${hanging.slice(0, 3).join(';')}。`,
    'conflict',
    hanging.slice(0, 50).map((reason) => ({ field: 'version', reason })),
  )
}

/** Why an adoption may not be withdrawn: only what has not begun leaves no trace. */
export function whyNotWithdraw(adoption: AdoptionDates, today: PlainDate): Refusal | undefined {
  if (adoption.withdrawn) return over('这次采用已经撤回。')
  if (adoption.from > today) return undefined
  return over('这一版已经开始执行,不能撤回;可以终止它,或者采用另一版。')
}

/** Why an adoption may not be ended on a day. */
export function whyNotEnd(adoption: AdoptionDates, on: PlainDate, today: PlainDate): Refusal | undefined {
  if (adoption.withdrawn) return over('这次采用已经撤回。')
  if (adoption.until !== null && adoption.until <= today) return over('这次采用早已终止。')
  if (on < today)
    return new Refusal('policies.end-in-the-past', '不能终止在过去的日子。', 'invalid', [
      { field: 'on', reason: '应是今天或以后' },
    ])
  if (on > adoption.from) return undefined
  return new Refusal('policies.end-before-start', '还没有开始执行,请用撤回。', 'invalid', [
    { field: 'on', reason: '应在开始执行之后' },
  ])
}
