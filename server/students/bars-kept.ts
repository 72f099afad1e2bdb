import type { UnitKind } from '#contract/organisations'
import { whyNotAppoint, whyNotPermitted } from '#contract/people'
import { notFound, Refusal } from '#contract/platform'
import type { Actor, Db } from '#server/platform'
import { audit, sql } from '#server/platform'

export interface BarredStudent {
  readonly schoolId: string
  readonly studentId: string
  readonly scope: string
}

/** The student, when this person sees the file and may decide who is kept from it. Refuses `people.not-permitted`. */
export const getBarrable = async (
  db: Db,
  actor: Actor,
  { schoolId, studentId }: Pick<BarredStudent, 'schoolId' | 'studentId'>,
): Promise<BarredStudent> => {
  const row = await db.first<{ scope: string }>(
    sql`select scope from students where school_id = ${schoolId} and id = ${studentId}`,
  )
  if (!row) throw notFound()
  const refusal = whyNotPermitted('students.bar-staff', actor.posts, row.scope)
  if (refusal) throw refusal
  return { schoolId, studentId, scope: row.scope }
}

interface Held {
  readonly post: string
  readonly kind: UnitKind
  readonly path: string
}

/**
 * Why this person cannot be kept from a student by the actor, or let back: nobody decides it for himself or for whoever
 * stands above him. Runs as the importer, because posts held elsewhere are not seen.
 */
export const refuseOverSuperior = async (db: Db, actor: Actor, personId: string, today: string): Promise<void> => {
  if (actor.personId === personId) throw new Refusal('students.own-bar', '自己的回避请由上级单位办理。', 'forbidden')
  const held =
    await db.rows<Held>(sql`select a.post, u.kind, u.path from appointments a join units u on u.id = a.unit_id
    where a.person_id = ${personId} and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)`)
  const above = held.find(({ post, kind, path }) => whyNotAppoint(post, { kind, path }, actor.posts))
  if (above)
    throw new Refusal('students.bar-over-superior', '这位同志的岗位不归您任命,请由上级单位办理回避。', 'forbidden')
}

/** Puts on file who was kept from whom, or let back; never the reason. */
export const fileBar = (
  db: Db,
  actor: Actor,
  action: string,
  student: BarredStudent,
  detail: Readonly<Record<string, string | boolean>>,
): Promise<number> =>
  audit(db, {
    actorId: actor.personId,
    action,
    outcome: 'done',
    scope: student.scope,
    schoolId: student.schoolId,
    subject: student.studentId,
    detail,
  })
