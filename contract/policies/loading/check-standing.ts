import { unspokenWords } from '../guarding.ts'
import type { Pack } from '../pack.ts'
import type { GuardRule, Rule } from '../rule.ts'

type Complain = (rule: Rule, sentence: string, path?: readonly (string | number)[]) => void

const LATEST = '9999-12-31'

/** How a pack's rules stand beside each other and those above: dates, names, numbers, words. */
export function checkStanding(pack: Pack, above: readonly Pack[], complain: Complain): void {
  const higher = above.flatMap(({ rules }) => rules)
  const guards = [...higher, ...pack.rules].filter((rule): rule is GuardRule => rule.kind === 'guard')
  const unspoken = unspokenWords({ guards })
  for (const [index, rule] of pack.rules.entries()) {
    const earlier = pack.rules.slice(0, index).filter((other) => other.kind === rule.kind)
    const clash = earlier.find((other) => other.ref === rule.ref && overlap(other, rule))
    if (clash) complain(rule, `与第 ${clash.line} 行同名规则的起止日期重叠`, ['from'])
    if (rule.kind === 'record') checkRecord(rule, [...higher, ...earlier], complain)
    if (rule.kind === 'count') checkNumber(rule, [...higher, ...earlier], complain)
    const title = 'neutralTitle' in rule ? rule.neutralTitle : ''
    const spoken = unspoken.find((word) => title.includes(word))
    if (spoken) complain(rule, `别人会看到的名称里不能有“${spoken}”`, ['neutral_title'])
  }
}

const overlap = (a: Rule, b: Rule) => (a.from ?? '') <= (b.until ?? LATEST) && (b.from ?? '') <= (a.until ?? LATEST)

/** Stored rows carry the number for ever, and duties name the id: neither may come to mean something else. */
function checkRecord(rule: Extract<Rule, { kind: 'record' }>, others: readonly Rule[], complain: Complain): void {
  for (const other of others) {
    if (other.kind !== 'record') continue
    const same = other.ref === rule.ref
    if (!same && other.id === rule.id) complain(rule, `已有叫“${rule.id}”的记录,要改请用 replaces`, ['id'])
    if (!same && other.number === rule.number) complain(rule, `编号 ${rule.number} 已用于“${other.label}”`, ['number'])
    if (same && (other.number !== rule.number || other.id !== rule.id))
      complain(rule, '替换记录时 id 和编号不能变,旧记录靠它们辨认', ['number'])
  }
}

function checkNumber(rule: Extract<Rule, { kind: 'count' }>, others: readonly Rule[], complain: Complain): void {
  const clash = others.find((other) => other.kind === 'count' && other.number === rule.number && other.ref !== rule.ref)
  if (clash) complain(rule, `第 ${rule.number} 项全覆盖已由“${clash.label}”规定,要改请用 replaces`, ['number'])
}
