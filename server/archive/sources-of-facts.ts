import type { FactSource } from '#contract/policies'
import { facts as dictionary, type FactId, type SecrecyDomain } from '#contract/students'

/** Where one fact comes from; `label` null for what people wrote down by hand. */
export interface ToldFact {
  readonly fact: FactId
  readonly label: string | null
  readonly asOf: string
}

/** A list that speaks for everybody: who is not on it is no. */
export interface WholeList {
  readonly facts: readonly FactId[]
  readonly label: string
  readonly asOf: string
}

/** The row of a domain, and the list that told it first. */
export interface WideRow {
  readonly row: Record<string, unknown>
  readonly told: { readonly label: string; readonly asOf: string } | null
}

/** SQL: a student's row of a domain as the classifier reads it whole, with the list that told it first. */
export const wideRow = (domain: SecrecyDomain): string =>
  `(select json_build_object('row', f, 'told', (select json_build_object('label', fs.label, 'asOf', fs.as_of)
      from fact_sources fs where fs.id = f.told_by))
    from facts_${domain} f where f.school_id = s.school_id and f.student_id = s.id)`

/** SQL: the lists that first told a student's rows (`f_<domain>`), by their ids; families are not told by whom. */
export const toldBy = (domains: readonly SecrecyDomain[]): string =>
  domains.length === 0
    ? 'null::json'
    : `(select json_object_agg(fs.id, json_build_object('label', fs.label, 'asOf', fs.as_of)) from fact_sources fs
      where fs.id in (${domains.map((domain) => `f_${domain}.told_by`).join(', ')}) and current_setting('app.family') = '')`

// False, 0 and unknown were not told: they stand where nobody said anything.
const isTold = (value: unknown): boolean => value !== null && value !== false && value !== 0

/** Sources of single facts: entries of their own, else the list that first told the row in which they stand. */
export const toldFacts = (own: readonly ToldFact[], rows: readonly (WideRow | null)[]): readonly ToldFact[] => [
  ...own,
  ...rows.flatMap((wide) => {
    const told = wide?.told
    if (!told) return []
    return Object.entries(wide.row).flatMap(([fact, value]) =>
      Object.hasOwn(dictionary, fact) && isTold(value) ? [{ fact: fact as FactId, ...told }] : [],
    )
  }),
]

/** Source of a fact: its own, or the list that said no by leaving the child out. */
export const sourceFinder =
  (sources: readonly ToldFact[], lists: readonly WholeList[]) =>
  (fact: string): FactSource | undefined => {
    const own = sources.find((source) => source.fact === fact)
    if (own) return { source: own.label ?? '人工登记', asOf: own.asOf }
    const list = lists.findLast((one) => one.facts.includes(fact as FactId))
    return list ? { source: `不在${list.label}`, asOf: list.asOf } : undefined
  }
