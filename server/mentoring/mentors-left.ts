import { rewriteActorSettings, type SeesOf } from '#server/people'
import { type Db, type Events, sql } from '#server/platform'
import { pairingChanged } from './pairing-changed.ts'

interface Parts {
  readonly events: Events
  readonly seesOf: SeesOf
  readonly today: string
}

/**
 * Ends all pairings of a student who leaves a school: the file closes to the mentors on their next request. As the
 * importer; the caller holds the school.
 */
export const mentorsLeft = async (
  db: Db,
  { events, seesOf, today }: Parts,
  { schoolId, studentId, on }: { readonly schoolId: string; readonly studentId: string; readonly on: string },
): Promise<void> => {
  const ended = await db.rows<{ id: string; mentorId: string; schoolPath: string }>(sql`update pairings p
      set until_date = greatest(p.from_date, ${on}::date)
    from units u where p.school_id = ${schoolId} and p.student_id = ${studentId} and u.id = p.school_id
      and (p.until_date is null or p.until_date > ${on}::date)
    returning p.id, p.mentor_id as "mentorId", u.path as "schoolPath"`)
  if (ended.length === 0) return
  await rewriteActorSettings(db, [...new Set(ended.map(({ mentorId }) => mentorId))], seesOf, today)
  for (const { id, mentorId, schoolPath } of ended)
    await events.announce(db, pairingChanged, {
      schoolId,
      schoolPath,
      studentId,
      pairingId: id,
      mentorId,
      change: 'ended',
    })
}
