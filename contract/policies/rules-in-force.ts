import type { ClassLookup, PlainDate } from './condition.ts'
import type { Pack } from './pack.ts'
import type {
  ClassRule,
  CoverageRule,
  DutyRule,
  FlowRule,
  GuardRule,
  RecordKindDefinition,
  Rule,
  RuleKind,
  RuleRef,
} from './rule.ts'

/** What holds at a unit on a day. */
export interface RulesInForce {
  readonly date: PlainDate
  readonly who: readonly ClassRule[]
  readonly duties: readonly DutyRule[]
  readonly records: readonly RecordKindDefinition[]
  readonly flows: readonly FlowRule[]
  readonly counts: readonly CoverageRule[]
  readonly guards: readonly GuardRule[]
}

/**
 * The rules in force on a day, given the packs adopted along the unit tree, highest first (`national, jiangsu, taizhou`).
 * A lower pack's rule takes the place of the one it replaces while it is itself in force; an ending removes a rule from
 * its day on. A replacement that runs out gives way to the rule it replaced.
 */
export function rulesInForce(packs: readonly Pack[], date: PlainDate): RulesInForce {
  const standing = new Map<string, Rule>()
  const place = (kind: RuleKind, ref: RuleRef) => `${kind} ${ref}`
  for (const pack of packs) {
    for (const ending of pack.endings) if (ending.from <= date) standing.delete(place(ending.kind, ending.ends))
    for (const rule of pack.rules) if (isInForce(rule, date)) standing.set(place(rule.kind, rule.ref), rule)
  }
  const of = <K extends Rule['kind']>(kind: K) =>
    [...standing.values()].filter((rule): rule is Extract<Rule, { kind: K }> => rule.kind === kind)
  return {
    date,
    who: of('who'),
    duties: of('duty'),
    records: of('record'),
    flows: of('flow'),
    counts: of('count').sort((a, b) => a.number - b.number),
    guards: of('guard'),
  }
}

export function isInForce(rule: Pick<Rule, 'from' | 'until'>, date: PlainDate): boolean {
  return (rule.from === undefined || rule.from <= date) && (rule.until === undefined || date <= rule.until)
}

/** The lookup `evaluate` and `toSql` need to follow `member_of`. */
export function classLookup(rules: RulesInForce): ClassLookup {
  const conditions = new Map(rules.who.map((rule) => [rule.ref, rule.when]))
  return (ref) => conditions.get(ref)
}

/** The record kind in force under this id (`home-visit`), if any. */
export function findRecordKind(rules: RulesInForce, id: string): RecordKindDefinition | undefined {
  return rules.records.find((kind) => kind.id === id)
}

/** The record kind stored under this number, if any. */
export function findRecordKindByNumber(rules: RulesInForce, number: number): RecordKindDefinition | undefined {
  return rules.records.find((kind) => kind.number === number)
}
