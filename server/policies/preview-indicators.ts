import type { AnswerOf, PlainDate } from '#contract/platform'
import type { CoverageRule, previewAdoption, RuleRef } from '#contract/policies'
import type { SecrecyDomain } from '#contract/students'
import type { Db } from '#server/platform'
import { type Alike, type ClassMove, figuresNow, metAmongMoved } from './preview-classes.ts'
import type { InForce } from './registry.ts'

type Line = AnswerOf<typeof previewAdoption>['indicators'][number]

const coverageOf = (inForce: InForce, ref: RuleRef): CoverageRule | undefined =>
  inForce.rules.counts.find((rule) => rule.ref === ref)

const dutiesOf = (inForce: InForce, rule: CoverageRule | undefined): string => {
  if (rule?.numerator.kind !== 'duties') return JSON.stringify(rule?.numerator ?? null)
  const { duties } = rule.numerator
  return JSON.stringify(
    inForce.rules.duties
      .filter(({ ref }) => duties.includes(ref))
      .map(({ ref, does, per, atLeast }) => [ref, does, per, atLeast]),
  )
}

const baseOf = (rule: CoverageRule | undefined): RuleRef | undefined =>
  rule?.denominator.kind === 'class' ? rule.denominator.class : undefined

// Those who would enter or leave the base and have met its duties move the figure with them.
const metAfterOf = async (db: Db, group: Alike, rule: CoverageRule, today: PlainDate): Promise<number> => {
  const base = group.moved.find(({ ref }) => ref === baseOf(rule))
  if (!base || rule.numerator.kind !== 'duties') return 0
  const numbers = rule.numerator.duties.map((ref) => group.after.dutyNumber(ref))
  const { enter, leave } = await metAmongMoved(db, group, base, numbers, today)
  return enter - leave
}

/** How the coverages would move. Numerators are known while the duties stay as they are. [C12] */
export const indicatorsOf = async (
  db: Db,
  groups: readonly Alike[],
  moves: readonly ClassMove[],
  sees: (domain: SecrecyDomain) => boolean,
  today: PlainDate,
): Promise<Line[]> => {
  const lines = new Map<RuleRef, Line>()
  for (const group of groups) {
    const { before, after, schoolIds, moved } = group
    const refs = new Set([...before.rules.counts, ...after.rules.counts].map(({ ref }) => ref))
    for (const ref of refs) {
      const [was, is] = [coverageOf(before, ref), coverageOf(after, ref)]
      const rule = is ?? was
      if (rule?.denominator.kind !== 'class' || ![was, is].every((one) => !one || sees(one.secrecy))) continue
      const sameDuties = dutiesOf(before, was) === dutiesOf(after, is)
      const sameBase = baseOf(was) === baseOf(is) && !moved.some((one) => one.ref === baseOf(rule))
      if (sameDuties && sameBase) continue
      const number = after.coverageNumber(ref)
      const [now] = await figuresNow(db, schoolIds, [number], today)
      const own = moves.filter(
        (move) => schoolIds.includes(move.schoolId) && move.number === after.classNumber(baseOf(rule) ?? ''),
      )
      const need = now?.need ?? 0
      const metAfter = sameDuties && is && was ? (now?.met ?? 0) + (await metAfterOf(db, group, is, today)) : null
      const line = lines.get(ref)
      lines.set(ref, {
        number: rule.number,
        label: rule.label,
        needBefore: (line?.needBefore ?? 0) + need,
        needAfter:
          (line?.needAfter ?? 0) + (is ? need + own.reduce((sum, move) => sum + move.enter - move.leave, 0) : 0),
        metBefore: (line?.metBefore ?? 0) + (now?.met ?? 0),
        metAfter: metAfter === null || line?.metAfter === null ? null : (line?.metAfter ?? 0) + metAfter,
      })
    }
  }
  return [...lines.values()]
}
