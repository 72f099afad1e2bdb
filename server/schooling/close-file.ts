import { mentorsLeft } from '#server/mentoring'
import type { SeesOf } from '#server/people'
import { type Db, type Events, sql } from '#server/platform'

export interface Leaving {
  readonly schoolId: string
  readonly studentId: string
  readonly status: number
  readonly on: string
  readonly reason: string | null
}

/**
 * Closes a student's file at a school: no longer enrolled from a day on, mentors' pairings end, what was done stays
 * readable there. As the importer.
 */
export const closeFile = async (
  db: Db,
  { events, seesOf, today }: { readonly events: Events; readonly seesOf: SeesOf; readonly today: string },
  { schoolId, studentId, status, on, reason }: Leaving,
): Promise<void> => {
  await db.change(sql`update students set status = ${status}, left_on = ${on}, left_reason = ${reason}
    where school_id = ${schoolId} and id = ${studentId}`)
  await mentorsLeft(db, { events, seesOf, today }, { schoolId, studentId, on })
}
