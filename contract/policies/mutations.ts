import { addDays } from '#contract/platform'
import type { Condition, FactValue } from './condition.ts'
import type { ClassRule, DutyNeed, DutyPeriod, Rule } from './rule.ts'

/** A rule made slightly wrong. Good examples notice. */
export interface Mutation {
  readonly what: string
  readonly rule: Rule
}

/**
 * Every small way to make a rule wrong: a condition removed or turned round, a threshold shifted by one, a value, post,
 * word, step or part left out. A rule whose examples notice each of them says in examples what it says in conditions.
 */
export function mutationsOf(rule: Rule): readonly Mutation[] {
  switch (rule.kind) {
    case 'who':
      return [
        ...conditionMutations(rule.when).map(({ what, condition }) => ({ what, rule: { ...rule, when: condition } })),
        ...suggestionMutations(rule),
      ]
    case 'duty':
      return [
        ...(rule.does.kind === 'archive' ? [] : [-1, 1]).map((step) => ({
          what: `at_least ${step > 0 ? '+1' : '-1'}`,
          rule: { ...rule, atLeast: rule.atLeast + step },
        })),
        ...needMutations(rule.does).map(({ what, does }) => ({ what, rule: { ...rule, does } })),
        ...periodMutations(rule.per).map(({ what, per }) => ({ what, rule: { ...rule, per } })),
      ]
    case 'record':
      return rule.fields
        .filter((field) => field.required || field.requiredWhen)
        .map((field) => {
          const { requiredWhen: _, ...rest } = field
          const free = { ...rest, required: false }
          return {
            what: `${field.id} no longer required`,
            rule: { ...rule, fields: rule.fields.map((one) => (one === field ? free : one)) },
          }
        })
    case 'count': {
      const { numerator } = rule
      return numerator.kind === 'duties'
        ? without(numerator.duties).map(([what, duties]) => ({
            what,
            rule: { ...rule, numerator: { kind: 'duties', duties } },
          }))
        : without(numerator.needs).map(([what, needs]) => ({
            what,
            rule: { ...rule, numerator: { kind: 'centre', needs } },
          }))
    }
    case 'guard':
      return guardMutations(rule)
    case 'flow':
      return rule.steps.flatMap((step) => {
        const changed = (what: string, other: Partial<typeof step>): Mutation => ({
          what: `${step.id} ${what}`,
          rule: { ...rule, steps: rule.steps.map((one) => (one === step ? { ...one, ...other } : one)) },
        })
        if (!step.on) return [changed('switched on', { on: true })]
        return [
          changed('switched off', { on: false }),
          changed('reason turned round', { needsReason: !step.needsReason }),
          ...without(step.by).map(([what, by]) => changed(what, { by })),
          ...step.first.flatMap((before, at) => {
            const put = (what: string, other: Partial<typeof before>) =>
              changed(`before ${before.record} ${what}`, { first: step.first.with(at, { ...before, ...other }) })
            const { for: _, ...everybody } = before
            return [
              changed(`without ${before.record} before`, { first: step.first.toSpliced(at, 1) }),
              ...[-1, 1].map((by) => put(`days ${by}`, { days: before.days + by })),
              ...whereMutations(before.where).map(({ what, where }) => put(what, { where })),
              ...(before.for ? [changed('before for everybody', { first: step.first.with(at, everybody) })] : []),
              ...before.exceptBy.map((post) =>
                put(`without exception of ${post}`, { exceptBy: before.exceptBy.filter((one) => one !== post) }),
              ),
            ]
          }),
        ]
      })
  }
}

/** A list with each item left out in turn; a list of one stays. */
function without<T>(list: readonly T[]): readonly (readonly [string, readonly T[]])[] {
  if (list.length < 2) return []
  return list.map((item, index) => [`without ${JSON.stringify(item)}`, list.filter((_, at) => at !== index)] as const)
}

function guardMutations(rule: Extract<Rule, { kind: 'guard' }>): readonly Mutation[] {
  const { guards } = rule
  const change = (what: string, other: typeof guards): Mutation => ({ what, rule: { ...rule, guards: other } })
  switch (guards.kind) {
    case 'sees':
      return without(guards.domains).map(([what, domains]) => change(what, { ...guards, domains }))
    case 'unspoken':
      return without(guards.words).map(([what, words]) => change(what, { ...guards, words }))
    case 'opens':
      return [
        ...without(guards.lists).map(([what, lists]) => change(what, { ...guards, lists })),
        ...without(guards.posts).map(([what, posts]) => change(what, { ...guards, posts })),
      ]
    case 'withholds':
      return [
        ...without(guards.lists).map(([what, lists]) => change(what, { ...guards, lists })),
        ...without(guards.doors).map(([what, doors]) => change(what, { ...guards, doors })),
        ...without(guards.but).map(([what, but]) => change(what, { ...guards, but })),
      ]
    case 'suppresses':
      return [
        change('one less', { ...guards, below: guards.below - 1 }),
        change('one more', { ...guards, below: guards.below + 1 }),
      ]
    case 'imports':
      return [
        ...without(guards.lists).map(([what, lists]) => change(what, { ...guards, lists })),
        ...without(guards.posts).map(([what, posts]) => change(what, { ...guards, posts })),
      ]
  }
}

function needMutations(does: DutyNeed): readonly { what: string; does: DutyNeed }[] {
  if (does.kind === 'appointment') return []
  // A part the system derives is always there: leaving it out changes nothing that could be noticed.
  if (does.kind === 'archive')
    return does.parts
      .filter((part) => part.shownBy.length > 0)
      .map((part) => ({
        what: `without ${part.part}`,
        does: { ...does, parts: does.parts.filter((one) => one !== part) },
      }))
  return whereMutations(does.where).map(({ what, where }) => ({ what, does: { ...does, where } }))
}

type Where = Readonly<Record<string, readonly number[]>>

/** Each code no longer accepted, and each field no longer looked at. */
function whereMutations(where: Where): readonly { what: string; where: Where }[] {
  return Object.entries(where).flatMap(([field, codes]) => [
    ...without(codes).map(([what, kept]) => ({ what, where: { ...where, [field]: kept } })),
    { what: `any ${field}`, where: Object.fromEntries(Object.entries(where).filter(([id]) => id !== field)) },
  ])
}

/** A duty that runs from an event: what it waits for and how long. Other periods are the calendar's. */
function periodMutations(per: DutyPeriod): readonly { what: string; per: DutyPeriod }[] {
  if (per.kind !== 'after') return []
  const { hours, workingDays, where } = per
  return [
    ...(hours === undefined
      ? []
      : [-24, 24].map((by) => ({ what: `hours ${by}`, per: { ...per, hours: hours + by } }))),
    ...(workingDays === undefined
      ? []
      : [-1, 1].map((by) => ({ what: `working days ${by}`, per: { ...per, workingDays: workingDays + by } }))),
    ...whereMutations(where).map((one) => ({ what: `after ${one.what}`, per: { ...per, where: one.where } })),
  ]
}

function suggestionMutations(rule: ClassRule): readonly Mutation[] {
  const suggests = rule.suggests
  if (!suggests) return []
  const { choose } = suggests
  const change = (what: string, other: typeof choose): Mutation => ({
    what: `suggests: ${what}`,
    rule: { ...rule, suggests: { ...suggests, choose: other } },
  })
  return [
    ...without(choose).map(([what, kept]) => change(what, kept)),
    ...choose.flatMap(({ when, value }, index) =>
      when === undefined
        ? []
        : conditionMutations(when).map(({ what, condition }) =>
            change(what, choose.with(index, { value, when: condition })),
          ),
    ),
  ]
}

type Mutated = { what: string; condition: Condition }

function conditionMutations(condition: Condition): readonly Mutated[] {
  return [
    { what: `not ${condition.kind}`, condition: { kind: 'none', of: [condition] } },
    ...leafMutations(condition),
    ...childMutations(condition),
  ]
}

function childMutations(condition: Condition): readonly Mutated[] {
  if (!('of' in condition)) return []
  const removed = without(condition.of)
    .filter(([, of]) => condition.kind !== 'at_least_n_of' || condition.n <= of.length)
    .map(([what, of]) => ({ what, condition: { ...condition, of } }))
  const changed = condition.of.flatMap((child, index) =>
    conditionMutations(child).map((inner) => ({
      what: inner.what,
      condition: { ...condition, of: condition.of.with(index, inner.condition) },
    })),
  )
  return [...removed, ...changed]
}

function leafMutations(condition: Condition): readonly Mutated[] {
  switch (condition.kind) {
    case 'at_least':
    case 'at_most':
      return [-1, 1].map((by) => ({
        what: `${condition.kind} ${by}`,
        condition: { ...condition, value: shifted(condition.value, by) },
      }))
    case 'between':
      return [-1, 1].flatMap((by) => [
        { what: `from ${by}`, condition: { ...condition, from: shifted(condition.from, by) } },
        { what: `to ${by}`, condition: { ...condition, to: shifted(condition.to, by) } },
      ])
    case 'done_within':
      return [-1, 1].map((by) => ({ what: `days ${by}`, condition: { ...condition, days: condition.days + by } }))
    case 'at_least_n_of':
      return [-1, 1].map((by) => ({ what: `n ${by}`, condition: { ...condition, n: condition.n + by } }))
    case 'in':
      return without(condition.values).map(([what, values]) => ({ what, condition: { ...condition, values } }))
    case 'has_any':
    case 'has_all':
      return without(condition.facts).map(([what, facts]) => ({ what, condition: { ...condition, facts } }))
    default:
      return []
  }
}

function shifted(value: FactValue, by: number): FactValue {
  if (typeof value === 'string') return addDays(value, by)
  return typeof value === 'number' ? value + by : value
}
