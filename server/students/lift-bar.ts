import { notFound, type ParamsOf } from '#contract/platform'
import type { liftBar as declared } from '#contract/students'
import { rewriteActorSettings, type SeesOf } from '#server/people'
import { type Actor, type Services, sql } from '#server/platform'
import { fileBar, getBarrable, refuseOverSuperior } from './bars-kept.ts'

/**
 * Lets a member of staff see the student again as the posts allow. Lifted twice is lifted. [G3 C13]
 * Refuses `students.own-bar`, `students.bar-over-superior`, `people.not-permitted`.
 */
export const liftBar = async (
  services: Services,
  seesOf: SeesOf,
  actor: Actor,
  params: ParamsOf<typeof declared>,
): Promise<Record<string, never>> => {
  const today = services.today()
  const { student, keeper, personId } = await services.door.asActor(actor, async (db, me) => {
    const found = await getBarrable(db, me, params)
    const bar = await db.first<{ person_id: string }>(sql`select person_id from staff_bars
      where school_id = ${params.schoolId} and student_id = ${params.studentId} and id = ${params.barId}`)
    if (!bar) throw notFound()
    return { student: found, keeper: me, personId: bar.person_id }
  })
  await services.door.asJob('importer', async (db) => {
    await db.rows(sql`select id from people where id = ${personId} for update`)
    await refuseOverSuperior(db, keeper, personId, today)
    const lifted = await db.change(sql`update staff_bars set lifted_by = ${actor.personId}, lifted_at = now()
      where school_id = ${params.schoolId} and student_id = ${params.studentId} and id = ${params.barId} and lifted_at is null`)
    if (lifted === 0) return
    await rewriteActorSettings(db, [personId], seesOf, today)
    await fileBar(db, actor, 'students.lift-bar', student, { bar: params.barId, person: personId })
  })
  return {}
}
