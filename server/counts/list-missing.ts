import type { listMissing as endpoint } from '#contract/counts'
import { centreParts } from '#contract/organisations'
import { type AnswerOf, packCursor, unpackCursor } from '#contract/platform'
import { holderOf, type Plans } from '#server/duties'
import { type Actor, audit, type Services, type Statement } from '#server/platform'
import type { Registry } from '#server/policies'
import { centreOf, dutyRows, eventColumns, eventRows, eventsOpen, hasCentre, viewRows } from './figures-statement.ts'
import { findMissingAsOf, type MissingThen, studentsThen } from './missing-as-of.ts'
import { type Opened, openNames, ownerPost } from './open-names.ts'
import type { View } from './scene.ts'

type Answer = AnswerOf<typeof endpoint>
type Student = Answer['students'][number]

interface StudentRow extends Student {
  readonly scope: string
  readonly total: number
}

/** SQL of a relation `missing` (school_id, student_id, scope): `$1`–`$2` the range, `$3`–`$5` as `missingValues` gives them. */
const missingSql = (view: View): string => `with view as (
      select * from jsonb_to_recordset($3::jsonb) as v(number int, measure int, period date, class int, needed int)),
    part as (select * from jsonb_to_recordset($4::jsonb) as p(number int, rule int, period date)),
    event as (select * from jsonb_to_recordset($6::jsonb) as x(${eventColumns})),
    member as (
      select k.school_id, k.student_id, k.scope, v.number from view v join class_spells k on k.rule = v.class
      where k.scope >= $1 and k.scope < $2 and k.since <= $5::date and k.until is null),
    missing as (
      select k.school_id, k.student_id, k.scope from member k
      where exists (select from part t where t.number = k.number and not exists (select from duty_progress p
          where p.school_id = k.school_id and p.student_id = k.student_id and p.rule = t.rule and p.period = t.period and p.met))
        or ${eventsOpen([view], 'k')})`

const missingValues = ({ scene, view }: Opened): readonly unknown[] => [
  scene.lo,
  scene.hi,
  viewRows([view]),
  dutyRows([view]),
  scene.on,
  eventRows([view]),
]

// Only students in the person's sight are found: the row policies hold here as everywhere.
const studentsStatement = (opened: Opened, after: string | undefined, limit: number): Statement => {
  const [scope, name, id] = after ? unpackCursor(after, 3) : [null, null, null]
  return {
    text: `${missingSql(opened.view)},
    page as (
      select m.school_id, m.student_id, s.scope, s.name, s.name_order, s.number, s.class_id
      from missing m join students s on s.school_id = m.school_id and s.id = m.student_id
      where $7::text is null or (s.scope, s.name_order, s.id) > ($7::text collate "C", name_order($8::text), $9::uuid)
      order by s.scope, s.name_order, s.id limit $10)
    select t.school_id as "schoolId", t.student_id as id, t.name, t.number, t.scope, k.name as "className", u.name as "schoolName",
      ${holderOf(ownerPost(opened.view), 't', '$5::date')} as "ownerName", (select count(*)::int from missing) as total
    from page t join units k on k.id = t.class_id join units u on u.id = t.school_id
    order by t.scope, t.name_order, t.student_id`,
    values: [...missingValues(opened), scope, name, id, limit],
  }
}

/** All who are missing, class by class, without their names: what an export then reads in blocks. */
export const missingStatement = (opened: Opened): Statement => ({
  text: `${missingSql(opened.view)}
    select school_id as "schoolId", scope, array_agg(student_id) as ids from missing group by school_id, scope order by scope`,
  values: missingValues(opened),
})

interface UnitRow {
  readonly id: string
  readonly name: string
  readonly lacks: string
  readonly path: string
  readonly total: number
}

const unitsStatement = ({ scene, view }: Opened, after: string | undefined, limit: number): Statement => {
  const centre = centreOf([view])
  const [path] = after ? unpackCursor(after, 1) : [null]
  const lacks = centre.needs.map((need) => {
    const label = centreParts[need as keyof typeof centreParts]
    return `case when not ${hasCentre(`array['${need}']::text[]`, '$5::date', '$1')} then '${label}' end`
  })
  return {
    text: `with missing as (
        select u.id, u.name, u.path from units u
        where u.kind <> 'class' and u.path >= $1 and u.path < $2 and u.kind = any($3::text[]) and u.closed_on is null
          and not ${hasCentre('$4::text[]', '$5::date', '$1')})
      select u.id, u.name, u.path, concat_ws('、', ${lacks.join(', ')}) as lacks, (select count(*)::int from missing) as total
      from missing u where $6::text is null or u.path > $6::text collate "C"
      order by u.path limit $7`,
    values: [scene.lo, scene.hi, centre.kinds, centre.needs, scene.on, path, limit],
  }
}

/** One page of who is missing, read as the person. */
export interface MissingPage {
  readonly total: number
  readonly students: readonly Student[]
  readonly units: Answer['units']
  readonly after: string | null
}

/** Reads a page of an opened name list and puts the opening on file. */
export const readMissing = (
  services: Services,
  actor: Actor,
  opened: Opened,
  after: string | undefined,
  limit: number,
  filed: { readonly action: string; readonly outcome: 'read' | 'exported' } | null,
  then?: MissingThen,
): Promise<MissingPage> =>
  services.door.asActor(actor, async (db) => {
    const ofUnits = opened.view.rule.denominator.kind === 'units'
    const asked = then
      ? studentsThen(opened, then, ownerPost(opened.view), after, limit + 1)
      : studentsStatement(opened, after, limit + 1)
    const students = ofUnits ? [] : await db.rows<StudentRow>(asked)
    const units = ofUnits ? await db.rows<UnitRow>(unitsStatement(opened, after, limit + 1)) : []
    const total = students[0]?.total ?? units[0]?.total ?? 0
    if (filed)
      await audit(db, {
        actorId: actor.personId,
        action: filed.action,
        outcome: filed.outcome,
        scope: opened.scene.unit.path,
        subject: opened.scene.unit.id,
        detail: { coverage: opened.view.number, total, ...(then && { on: opened.scene.on }) },
      })
    const lastStudent = students.length > limit ? students[limit - 1] : undefined
    const lastUnit = units.length > limit ? units[limit - 1] : undefined
    return {
      total,
      students: students.slice(0, limit).map(({ scope: _scope, total: _total, ...student }) => student),
      units: units.slice(0, limit).map(({ id, name, lacks }) => ({ id, name, missing: lacks || '中心' })),
      after: lastStudent
        ? packCursor([lastStudent.scope, lastStudent.name, lastStudent.id])
        : lastUnit
          ? packCursor([lastUnit.path])
          : null,
    }
  })

/**
 * Who is missing from a coverage, today or on a day gone by: students, or units without their centre. Names open only to
 * the posts the pack names, and within what each of them sees; every opening is on file. [C12 C13 G3]
 */
export const listMissing = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  params: { readonly unitId: string; readonly coverage: number },
  query: { readonly after?: string | undefined; readonly limit: number; readonly on?: string | undefined },
): Promise<Answer> => {
  const opened = await openNames(services, registry, plans, actor, params, query.on)
  const past = opened.scene.on < services.today() && opened.view.rule.denominator.kind !== 'units'
  const then = past ? await findMissingAsOf(services, plans, opened) : undefined
  const filed = { action: 'counts.list-missing', outcome: 'read' } as const
  const page = await readMissing(services, actor, opened, query.after, query.limit, filed, then)
  return { ...page, students: [...page.students] }
}
