import { type FactId, facts, secrecyDomains } from '#contract/students'
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

const perDomain = Map.groupBy(rosterFacts, (fact) => facts[fact].domain)

// false, 0 and unknown tell nothing
const telling = (fact: FactId): string => (facts[fact].type === 'yes-no' ? `s.${fact}` : `s.${fact} <> 0`)

// One student's facts after another, so that they reach the index side by side.
const history = rosterFacts
  .map(
    (fact) =>
      `('${fact}', ${secrecyDomains[facts[fact].domain].code}::smallint, case when ${telling(fact)} then s.${fact}::text end)`,
  )
  .sort()
  .join(', ')

/** What a roster says of students nobody knew: nothing holds yet, so nothing is compared. */
export const writeFirstFacts = async (db: Db): Promise<void> => {
  for (const [domain, ids] of perDomain) {
    await db.change({
      text: `insert into facts_${domain} (school_id, student_id, scope, ${ids.join(', ')})
        select s.school_id, s.student_id, s.scope, ${ids.map((id) => `s.${id}`).join(', ')}
        from s where s.outcome = 1 and (${ids.map((id) => `s.${id} is not null`).join(' or ')})`,
    })
  }
}

/** From which list and day that is known. */
export const writeFirstHistory = (db: Db, rows: string, sourceId: string, asOf: string): Promise<number> =>
  db.change({
    text: `insert into facts (school_id, id, student_id, scope, fact, secrecy, value, as_of, source_id)
      select s.school_id, gen_random_uuid(), s.student_id, s.scope, f.fact, f.secrecy, f.value, $1::date, $2::uuid
      from ${rows} s cross join lateral (values ${history}) as f(fact, secrecy, value) where s.outcome = 1 and f.value is not null`,
    values: [asOf, sourceId],
  })

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
