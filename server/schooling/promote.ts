import { postsOver, whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, Refusal, schoolYearOf } from '#contract/platform'
import { afterYear, type promote as declared } from '#contract/schooling'
import { type Actor, audit, type Db, reachOf, type Services, sql } from '#server/platform'
import { lockSchools, type Registry, reclassify } from '#server/policies'

type Answer = AnswerOf<typeof declared>
type Wish = BodyOf<typeof declared>

interface ClassRow {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly stage: number
  readonly grade: number | null
  readonly students: number
}

const readClasses = (db: Db, schoolId: string): Promise<ClassRow[]> =>
  db.rows<ClassRow>(sql`select c.id, c.name, c.kind, coalesce(c.stage, s.stage) as stage, c.grade,
      (select count(*)::int from students p where p.school_id = c.school_id and p.class_id = c.id and p.status in (1, 2)) as students
    from units c join units s on s.id = c.school_id
    where c.school_id = ${schoolId} and c.kind = 'class' and c.closed_on is null order by c.grade, c.name_order, c.id`)

const planned = (classes: readonly ClassRow[]): Answer['classes'] =>
  classes.map((one) => {
    const after = afterYear(one)
    return {
      classId: one.id,
      name: one.name,
      from: one.grade,
      to: after === 'graduates' || after === undefined ? null : after.grade,
      graduates: after === 'graduates',
      students: one.students,
    }
  })

const write = async (db: Db, schoolId: string, year: number, classes: Answer['classes']): Promise<void> => {
  const up = JSON.stringify(classes.filter(({ to }) => to !== null))
  await db.change(sql`update units u set grade = n."to" from jsonb_to_recordset(${up}::jsonb) as n ("classId" uuid, "to" smallint)
    where u.id = n."classId"`)
  await db.change(sql`update students s set grade = n."to" from jsonb_to_recordset(${up}::jsonb) as n ("classId" uuid, "to" smallint)
    where s.school_id = ${schoolId} and s.class_id = n."classId" and s.status in (1, 2)`)
  const last = classes.filter(({ graduates }) => graduates).map(({ classId }) => classId)
  await db.change(sql`update students set status = 4, left_on = ${`${year}-08-31`} where school_id = ${schoolId}
    and class_id = any(${last}::uuid[]) and status = 1`)
  await db.change(sql`update units set closed_on = ${`${year}-08-31`} where id = any(${last}::uuid[])
    and not exists (select from students s where s.school_id = ${schoolId} and s.class_id = units.id and s.status = 2)`)
}

/**
 * Takes a school into a new school year: classes go up a grade, the last grade graduates and its classes close (one with a
 * student on leave stays open). Once per school and year; `preview` only shows. Classes whose grade is unknown are left
 * and shown. [T2] Refuses `people.not-permitted`, `schooling.other-year`, `schooling.promoted`,
 * `schooling.too-early` (the year to come is entered from June on), `platform.not-found`.
 */
export const promote = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  schoolId: string,
  { schoolYear, preview }: Wish,
): Promise<Answer> => {
  const today = services.today()
  const path = await services.door.asActor(actor, async (db, me) => {
    const school = await db.first<{ path: string }>(
      sql`select path from units where id = ${schoolId} and school_id = ${schoolId}`,
    )
    if (!school) throw notFound()
    if (postsOver(me.posts, school.path).length === 0 && !reachOf(me).atHome(school.path)) throw notFound()
    const refusal = whyNotPermitted('organisations.change-unit', me.posts, school.path)
    if (refusal) throw refusal
    return school.path
  })
  if (schoolYear !== schoolYearOf(today) && schoolYear !== schoolYearOf(today) + 1)
    throw new Refusal('schooling.other-year', '只能升入本学年或下一学年。', 'invalid', [
      { field: 'schoolYear', reason: '请选本学年或下一学年' },
    ])
  if (!preview && schoolYear > schoolYearOf(today) && today < `${schoolYear}-06-01`)
    throw new Refusal('schooling.too-early', `${schoolYear} 年 6 月起才能升入 ${schoolYear}—${schoolYear + 1} 学年。`)
  return services.door.asJob('importer', async (db) => {
    await lockSchools(db, [schoolId])
    const done = await db.first(
      sql`select 1 as known from promotions where school_id = ${schoolId} and school_year = ${schoolYear}`,
    )
    if (done) throw new Refusal('schooling.promoted', '这个学年已经升过级了。')
    const classes = planned(await readClasses(db, schoolId))
    if (preview) return { done: false, classes }
    await write(db, schoolId, schoolYear, classes)
    await db.change(sql`insert into promotions (school_id, school_year, scope, promoted_by, classes, graduates)
      values (${schoolId}, ${schoolYear}, ${path}, ${actor.personId}, ${classes.filter(({ to }) => to !== null).length},
        ${classes.filter(({ graduates }) => graduates).reduce((sum, { students }) => sum + students, 0)})`)
    await audit(db, {
      actorId: actor.personId,
      action: 'schooling.promote',
      outcome: 'done',
      scope: path,
      schoolId,
      detail: { schoolYear, classes: classes.length },
    })
    await reclassify(db, { registry, events: services.events }, { schoolIds: [schoolId], on: today, back: 'importer' })
    return { done: true, classes }
  })
}
