import type { AnswerOf, ParamsOf } from '#contract/platform'
import type { listBars as declared } from '#contract/students'
import { type Actor, audit, type Services, sql } from '#server/platform'
import { getBarrable } from './bars-kept.ts'

type Bar = AnswerOf<typeof declared>['bars'][number]

/** Who is kept from a student and why, for whoever may change it; that it was read is on file. [C13] */
export const readBars = (
  services: Services,
  actor: Actor,
  params: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  services.door.asActor(actor, async (db, me) => {
    const student = await getBarrable(db, me, params)
    const rows = await db.rows<Omit<Bar, 'reason'> & { cipher: Buffer }>(sql`select b.id, b.reason_cipher as cipher,
        coalesce(p.name, '(外单位人员)') as "personName", b.whole_household as "wholeHousehold",
        coalesce(o.name, '(外单位人员)') as "setByName", b.set_at::date::text as "setOn"
      from staff_bars b left join people p on p.id = b.person_id left join people o on o.id = b.set_by
      where b.school_id = ${params.schoolId} and b.student_id = ${params.studentId} and b.lifted_at is null
      order by b.set_at, b.id`)
    if (rows.length > 0)
      await audit(db, {
        actorId: actor.personId,
        action: 'students.list-bars',
        outcome: 'read',
        scope: student.scope,
        schoolId: params.schoolId,
        subject: params.studentId,
      })
    return { bars: rows.map(({ cipher, ...bar }) => ({ ...bar, reason: services.secrets.open(cipher) })) }
  })
