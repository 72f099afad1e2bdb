import { type FactId, facts, type SecrecyDomain } from '#contract/students'
import { type Db, sql } from '#server/platform'

/** Facts a roster brings; each stands in a column of its own name. */
export const rosterFacts = [
  'boarding',
  'ethnicity',
  'left_behind',
  'migrant_child',
  'single_parent',
  'per_capita_income',
  'household_size',
  'inclusive_class',
] as const satisfies readonly FactId[]

const perDomain: ReadonlyMap<SecrecyDomain, readonly FactId[]> = Map.groupBy<SecrecyDomain, FactId>(
  rosterFacts,
  (fact) => facts[fact].domain,
)

/** Domains of which a roster tells something. */
export const rosterDomains: readonly SecrecyDomain[] = [...perDomain.keys()]

/** What a roster says of students nobody knew: nothing holds yet, so nothing is compared. The row says which list told it. `rows` is the table. */
export const writeFirstFacts = async (
  db: Db,
  rows: string,
  sourceId: string,
  domains: readonly SecrecyDomain[],
): Promise<void> => {
  for (const domain of domains) {
    const ids = perDomain.get(domain) ?? []
    await db.change({
      text: `insert into facts_${domain} (school_id, student_id, scope, told_by, ${ids.join(', ')})
        select s.school_id, s.student_id, s.scope, $1::uuid, ${ids.map((id) => `s.${id}`).join(', ')}
        from ${rows} s where s.outcome = 1 and (${ids.map((id) => `s.${id} is not null`).join(' or ')})`,
      values: [sourceId],
    })
  }
}

/** What a roster says of students already known, as `applyFacts` takes it. */
export const sayOfKnown = (db: Db): Promise<number> =>
  db.change({
    text: `create temp table said on commit drop as
      select school_id, student_id, scope, jsonb_strip_nulls(jsonb_build_object(${rosterFacts.map((fact) => `'${fact}', s.${fact}`).join(', ')})) as facts
      from s where outcome = 2`,
  })

/** Whether the roster changes anybody who is known. */
export const changesKnown = async (db: Db): Promise<boolean> =>
  (await db.first(sql`select 1 as one from s where outcome = 2 limit 1`)) !== undefined
