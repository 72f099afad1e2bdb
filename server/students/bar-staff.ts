import { type BodyOf, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type barStaff as declared, mostBarred } from '#contract/students'
import { rewriteActorSettings, type SeesOf } from '#server/people'
import { type Actor, type Db, type Services, sql } from '#server/platform'
import { fileBar, getBarrable, refuseOverSuperior } from './bars-kept.ts'

const standing = (db: Db, personId: string, studentId: string) =>
  db.first<{ bars: number; same: string | null }>(sql`select count(*)::int as bars,
      (array_agg(id) filter (where student_id = ${studentId}))[1] as same
    from staff_bars where person_id = ${personId} and lifted_at is null`)

/**
 * Keeps a student from a member of staff whatever the post, from that person's next request on; with `wholeHousehold` the
 * siblings too. [G3 C13] The same id twice bars once. Refuses `students.already-barred`, `students.too-many-bars`,
 * `students.own-bar`, `students.bar-over-superior`, `people.not-permitted`.
 */
export const keepAway = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  params: ParamsOf<typeof declared>,
  { personId, wholeHousehold, reason }: BodyOf<typeof declared>,
): Promise<Record<string, never>> => {
  const today = services.today()
  const { student, keeper } = await services.door.asActor(actor, async (db, me) => {
    const found = await getBarrable(db, me, params)
    const person = await db.first(sql`select 1 as known from people where id = ${personId}`)
    if (!person) throw notFound()
    return { student: found, keeper: me }
  })
  await services.door.asJob('importer', async (db) => {
    await db.rows(sql`select id from people where id = ${personId} for update`)
    await refuseOverSuperior(db, keeper, personId, today)
    const now = await standing(db, personId, params.studentId)
    if (now?.same === params.barId) return
    if (now?.same) throw new Refusal('students.already-barred', '这位同志对这名学生已在回避。')
    if ((now?.bars ?? 0) >= mostBarred)
      throw new Refusal('students.too-many-bars', `这位同志已对 ${mostBarred} 名学生回避,请调整岗位。`)
    await db.change(sql`insert into staff_bars (school_id, student_id, id, scope, person_id, whole_household, reason_cipher, set_by)
      select school_id, id, ${params.barId}, scope, ${personId}, ${wholeHousehold}, ${services.secrets.seal(reason)}, ${actor.personId}
      from students where school_id = ${params.schoolId} and id = ${params.studentId}`)
    await rewriteActorSettings(db, [personId], seesOf, today)
    await fileBar(db, actor, 'students.bar-staff', student, { bar: params.barId, person: personId, wholeHousehold })
  })
  return {}
}
