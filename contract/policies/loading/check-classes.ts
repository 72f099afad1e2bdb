import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import type { ClassRef, Condition, FactRef } from '../condition.ts'
import { factMeaning } from '../fact-values.ts'
import type { ClassRule, Rule } from '../rule.ts'

type Complain = (rule: Rule, sentence: string) => void

const order: Readonly<Record<SecrecyDomain, number>> = {
  general: 0,
  schooling: 1,
  family: 2,
  groups: 3,
  health: 4,
  psychology: 4,
  protection: 5,
}

const MOST_WHEN_INLINED = 2000

/** Circles, secrecy, candidates and size of the classes that would stand together. */
export function checkClasses(own: readonly Rule[], above: readonly Rule[], complain: Complain): void {
  const everywhere = [...above, ...own].filter((rule) => rule.kind === 'who')
  const classes = new Map<ClassRef, ClassRule[]>()
  for (const rule of everywhere) classes.set(rule.ref, [...(classes.get(rule.ref) ?? []), rule])
  const circles = new Set<ClassRef>()
  for (const rule of own) {
    if (rule.kind !== 'who') continue
    const circle = circleFrom(rule.ref, classes)
    if (circle) {
      circles.add(rule.ref)
      complain(rule, `类别互相引用成了圈:${circle.map((ref) => classes.get(ref)?.[0]?.label ?? ref).join(' → ')}`)
    } else if (sizeOf(rule.when, classes) > MOST_WHEN_INLINED)
      complain(rule, `连同引用的类别,条件超过 ${MOST_WHEN_INLINED} 项`)
  }
  if (circles.size > 0) return
  for (const rule of own) checkUse(rule, classes, complain)
}

function checkUse(rule: Rule, classes: ReadonlyMap<ClassRef, readonly ClassRule[]>, complain: Complain): void {
  const isCandidate = (ref: ClassRef) => (classes.get(ref) ?? []).some((candidate) => candidate.proposes)
  if (rule.kind === 'duty' && isCandidate(rule.for)) complain(rule, '候选名单未经确认,不能据此派任务')
  if (rule.kind === 'count' && rule.denominator.kind === 'class' && isCandidate(rule.denominator.class))
    complain(rule, '候选名单未经确认,不能进入统计')
  if (rule.kind !== 'who') return
  const conditions = [rule.when, ...(rule.suggests?.choose ?? []).flatMap((choice) => choice.when ?? [])]
  if (!rule.proposes && conditions.some((condition) => classesIn(condition).some(isCandidate)))
    complain(rule, '候选名单未经确认,不能作为正式类别的条件')
  if (rule.discloses) return
  const read = conditions.flatMap((condition) => [
    ...factsIn(condition).map((fact) => ({ name: factMeaning(fact).label, domain: factMeaning(fact).domain })),
    ...classesIn(condition).flatMap((ref) =>
      (classes.get(ref) ?? []).map(({ label, secrecy }) => ({ name: label, domain: secrecy })),
    ),
  ])
  const looser = read.find(({ domain }) => domain !== rule.secrecy && order[domain] >= order[rule.secrecy])
  if (looser)
    complain(
      rule,
      `密级“${secrecyDomains[rule.secrecy].label}”低于所依据的“${looser.name}”(${secrecyDomains[looser.domain].label}),` +
        '请提高密级,或用 discloses 写明为什么可以让更多人知道',
    )
}

/** Every fact a condition reads itself, not through classes. */
export function factsIn(condition: Condition): readonly FactRef[] {
  if ('of' in condition) return condition.of.flatMap(factsIn)
  if ('facts' in condition) return condition.facts
  return 'fact' in condition ? [condition.fact] : []
}

/** Every class a condition names. */
export function classesIn(condition: Condition): readonly ClassRef[] {
  if ('of' in condition) return condition.of.flatMap(classesIn)
  return condition.kind === 'member_of' ? [condition.class] : []
}

function circleFrom(
  start: ClassRef,
  classes: ReadonlyMap<ClassRef, readonly ClassRule[]>,
): readonly ClassRef[] | undefined {
  const visited = new Set<ClassRef>()
  const follow = (ref: ClassRef, path: readonly ClassRef[]): readonly ClassRef[] | undefined => {
    for (const next of (classes.get(ref) ?? []).flatMap((rule) => classesIn(rule.when))) {
      if (next === start) return [...path, next]
      if (visited.has(next)) continue
      visited.add(next)
      const circle = follow(next, [...path, next])
      if (circle) return circle
    }
    return undefined
  }
  return follow(start, [start])
}

function sizeOf(condition: Condition, classes: ReadonlyMap<ClassRef, readonly ClassRule[]>): number {
  const known = new Map<ClassRef, number>()
  const ofClass = (ref: ClassRef): number => {
    const before = known.get(ref)
    if (before !== undefined) return before
    const size = Math.max(0, ...(classes.get(ref) ?? []).map((rule) => of(rule.when)))
    known.set(ref, size)
    return size
  }
  const of = (inner: Condition): number => {
    // "At least n of" is written twice in SQL: once to be sure of yes, once to be sure of no.
    const times = inner.kind === 'at_least_n_of' ? 2 : 1
    if ('of' in inner) return inner.of.reduce((sum, child) => sum + of(child) * times, 1)
    if (inner.kind === 'member_of') return ofClass(inner.class)
    return 'facts' in inner ? inner.facts.length : 1
  }
  return of(condition)
}
