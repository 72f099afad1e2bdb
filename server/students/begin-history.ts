import { type FactId, type SecrecyDomain, secrecyDomains } from '#contract/students'
import type { Db } from '#server/platform'

/** Whose facts are about to change: `from` a relation `x` with school_id and student_id, `mentions` whether `f.fact` changes. */
export interface Changing {
  readonly from: string
  readonly mentions: string
  readonly values?: readonly unknown[]
}

/**
 * Writes down which list first told what is about to change. Until then the row of the facts itself says so (`told_by`) and
 * the history is empty; false, 0 and unknown were not told. Stands before every writing of facts. As the importer. [T2 G3]
 */
export const beginHistory = (
  db: Db,
  domain: SecrecyDomain,
  ids: readonly FactId[],
  { from, mentions, values = [] }: Changing,
): Promise<number> =>
  db.change({
    text: `insert into facts (school_id, id, student_id, scope, fact, secrecy, value, as_of, source_id, recorded_at)
      select w.school_id, gen_random_uuid(), w.student_id, w.scope, f.fact, ${secrecyDomains[domain].code}, f.value, fs.as_of, fs.id, fs.recorded_at
      from ${from} join facts_${domain} w on w.school_id = x.school_id and w.student_id = x.student_id
        join fact_sources fs on fs.id = w.told_by
        cross join lateral (values ${ids.map((id) => `('${id}', w.${id}::text)`).join(', ')}) as f(fact, value)
      where ${mentions} and f.value is not null and f.value not in ('false', '0') and not exists (select from facts h
        where h.school_id = w.school_id and h.student_id = w.student_id and h.fact = f.fact)`,
    values,
  })
