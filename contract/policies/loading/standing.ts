import type { Pack } from '../pack.ts'
import type { RecordKindDefinition, Rule, RuleKind } from '../rule.ts'
import type { Path } from './read-yaml.ts'

/** A rule as written, its kind and where it stands. */
export interface WrittenRule<W> {
  readonly kind: RuleKind
  readonly written: W
  readonly line: number
  readonly say: Say
}

/** Reports a problem inside a rule. */
export type Say = (sentence: string, path?: Path) => void

/** Names a rule may use: those of its own pack and of the packs above. */
export interface Standing {
  readonly issuer: string
  readonly above: readonly Pack[]
  readonly documents: ReadonlySet<string>
  /** Own rule ids by kind, with what they replace. */
  readonly own: ReadonlyMap<RuleKind, ReadonlySet<string>>
  readonly records: ReadonlyMap<string, RecordKindDefinition>
}

/** The full name of a rule as written (`left-behind` or `national/left-behind`), if there is one of that kind. */
export function findRef(standing: Standing, kind: RuleKind, written: string): string | undefined {
  const ref = written.includes('/') ? written : `${standing.issuer}/${written}`
  if (standing.own.get(kind)?.has(ref)) return ref
  return rulesAbove(standing, kind).some((rule) => rule.ref === ref) ? ref : undefined
}

export function rulesAbove(standing: Pick<Standing, 'above'>, kind: RuleKind): readonly Rule[] {
  return standing.above.flatMap((pack) => pack.rules).filter((rule) => rule.kind === kind)
}
