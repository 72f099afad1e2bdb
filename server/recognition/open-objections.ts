import { objectionFlow } from '#contract/recognition'
import type { Case } from '#server/flows'
import { type Db, sql } from '#server/platform'

/** Objections to a case that nobody has answered yet. As the importer. */
export const openObjections = async (db: Db, { schoolId, id }: Pick<Case, 'schoolId' | 'id'>): Promise<number> => {
  const row = await db.first<{ count: number }>(sql`select count(*)::int as count from flow_cases
    where school_id = ${schoolId} and flow = ${objectionFlow.id} and closed_at is null and payload->>'about' = ${id}::text`)
  return row?.count ?? 0
}
