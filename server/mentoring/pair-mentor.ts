import { type pairMentor as declared, type PairAttempt, whyNotPair } from '#contract/mentoring'
import type { UnitKind } from '#contract/organisations'
import { type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { rewriteActorSettings, type SeesOf } from '#server/people'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { getStudentToPair, type StudentAtSchool } from './find-student.ts'
import { pairingChanged } from './pairing-changed.ts'

type Key = ParamsOf<typeof declared>
type Wish = BodyOf<typeof declared>

interface MentorRow {
  readonly name: string
  readonly name_key: string
  readonly path: string
  readonly kind: UnitKind
  readonly left_on: string | null
}

interface Standing {
  readonly students: number
  readonly paired: string | null
  readonly relative: boolean
}

const findMentor = (db: Db, id: string): Promise<MentorRow | undefined> =>
  db.first<MentorRow>(sql`select p.name, p.name_key, p.left_on, u.path, u.kind
    from people p join units u on u.id = p.home_unit_id where p.id = ${id}`)

// Only a name is known of a child's family, so a shared name is enough to ask for somebody else.
const readStanding = (db: Db, { schoolId, studentId }: Key, wish: Wish, nameKey: string, today: string) =>
  db.first<Standing>(sql`select
    (select count(*)::int from pairings where mentor_id = ${wish.mentorId}
      and (until_date is null or until_date > ${today}::date)) as students,
    (select id from pairings where mentor_id = ${wish.mentorId} and school_id = ${schoolId} and student_id = ${studentId}
      and (until_date is null or until_date > ${today}::date) limit 1) as paired,
    exists (select from student_contacts where school_id = ${schoolId} and student_id = ${studentId}
      and name_key = ${nameKey} and (until_date is null or until_date > ${today}::date)) as relative`)

const attemptOf = (
  student: StudentAtSchool,
  mentor: MentorRow,
  standing: Standing,
  wish: Wish,
  today: string,
): PairAttempt => ({
  student,
  mentor: { unitPath: mentor.path, unitKind: mentor.kind, hasLeft: mentor.left_on !== null },
  students: standing.students,
  alreadyPaired: standing.paired !== null,
  isRelative: standing.relative,
  from: wish.fromDate,
  today,
})

/**
 * Pairs a mentor with a student: the file opens to the mentor on the next request, and the standing duty is met. [C16 T3]
 * The same id twice pairs once. Refuses `mentoring.*` reasons in words, `people.not-permitted`, `platform.not-found`.
 */
export const pairMentor = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  key: Key,
  wish: Wish,
): Promise<{ id: string }> => {
  const today = services.today()
  const { student, mentor } = await services.door.asActor(actor, async (db, me) => {
    const found = await getStudentToPair(db, me, 'mentoring.pair', key)
    const person = await findMentor(db, wish.mentorId)
    if (!person) throw notFound()
    return { student: found, mentor: person }
  })
  await services.door.asJob('importer', async (db) => {
    await lockSchools(db, [key.schoolId])
    // A mentor's students are counted and added one pairing at a time.
    await db.rows(sql`select id from people where id = ${wish.mentorId} for no key update`)
    const standing = await readStanding(db, key, wish, mentor.name_key, today)
    if (!standing || standing.paired === wish.id) return
    const refusal = whyNotPair(attemptOf(student, mentor, standing, wish, today))
    if (refusal) throw refusal
    await db.change(sql`insert into pairings (school_id, id, student_id, scope, mentor_id, mentor_name, from_date, appointed_by)
      select school_id, ${wish.id}, id, scope, ${wish.mentorId}, ${mentor.name}, ${wish.fromDate}, ${actor.personId}
      from students where school_id = ${key.schoolId} and id = ${key.studentId}`)
    await rewriteActorSettings(db, [wish.mentorId], seesOf, today)
    await audit(db, {
      actorId: actor.personId,
      action: 'mentoring.pair',
      outcome: 'done',
      scope: student.scope,
      schoolId: key.schoolId,
      subject: key.studentId,
      detail: { pairing: wish.id, mentor: wish.mentorId },
    })
    await services.events.announce(db, pairingChanged, {
      schoolId: key.schoolId,
      schoolPath: student.schoolPath,
      studentId: key.studentId,
      pairingId: wish.id,
      mentorId: wish.mentorId,
      change: 'began',
    })
  })
  return { id: wish.id }
}
