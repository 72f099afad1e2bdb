import { personLeft } from '#server/people'
import { type Services, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { type PairingChanged, pairingChanged } from './pairing-changed.ts'

type Ended = Omit<PairingChanged, 'change' | 'mentorId'>

/** When a mentor leaves, the pairings end: the students show that nobody is their mentor, and the duty is open again. [C16] */
export const listenToDepartures = ({ events }: Services): void =>
  events.when(personLeft, async (db, { personId, on, ended }) => {
    const schools = await db.rows<{ id: string }>(
      sql`select distinct school_id as id from pairings where mentor_id = ${personId} and until_date is null`,
    )
    await lockSchools(
      db,
      schools.map(({ id }) => id),
    )
    const pairings = await db.rows<Ended>(sql`update pairings p set until_date = greatest(p.from_date, ${on}::date)
      from units s where s.id = p.school_id and p.mentor_id = ${personId} and p.until_date is null
      returning p.school_id as "schoolId", s.path as "schoolPath", p.student_id as "studentId", p.id as "pairingId"`)
    ended.students += pairings.length
    for (const one of pairings)
      await events.announce(db, pairingChanged, { ...one, mentorId: personId, change: 'ended' })
  })
