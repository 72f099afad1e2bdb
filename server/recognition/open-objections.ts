import type { Case } from '#server/flows'
import { type Db, sql } from '#server/platform'

/** Which of these cases of one school have an objection that nobody has answered yet. As the importer. */
export const openObjections = async (
  db: Db,
  cases: readonly Pick<Case, 'schoolId' | 'id'>[],
): Promise<ReadonlySet<string>> => {
  // The procedure stands written out: the few that are open have an index of their own.
  const rows = await db.rows<{ about: string }>(sql`select distinct payload->>'about' as about from flow_cases
    where school_id = ${cases[0]?.schoolId ?? null} and flow = 'recognition-objection' and closed_at is null`)
  const asked = new Set(cases.map(({ id }) => id))
  return new Set(rows.flatMap(({ about }) => (asked.has(about) ? [about] : [])))
}
