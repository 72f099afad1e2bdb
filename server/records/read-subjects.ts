import { whyNotPermitted } from '#contract/people'
import { forbidden, notFound, type PlainDate } from '#contract/platform'
import type { RecordKindDefinition } from '#contract/policies'
import { type RecordInput, whyNotOn } from '#contract/records'
import { secrecyDomains } from '#contract/students'
import { type Actor, type Db, domainsOver, reachOf, sql } from '#server/platform'
import type { Subject } from './record-events.ts'

/** Subjects with the school whose files they are. */
export interface Subjects {
  readonly schoolPath: string
  readonly students: readonly (Subject & SubjectRow)[]
  /** Who may see the record: the class of the only subject, else the lowest unit that holds all of them. */
  readonly scope: string
}

/** A student as a record asks of one. */
export interface SubjectRow {
  readonly id: string
  readonly scope: string
  readonly stage: number
  readonly enteredOn: string | null
  readonly leftOn: string | null
}

/** The lowest unit that holds all these classes. */
export const commonUnit = (scopes: readonly string[]): string => {
  const [first = '', ...others] = scopes
  if (others.length === 0) return first
  const steps = first.split('.').slice(0, -1)
  const shared = steps.findIndex((_, index) => {
    const path = `${steps.slice(0, index + 1).join('.')}.`
    return !others.every((other) => other.startsWith(path))
  })
  return shared === -1 ? first : `${steps.slice(0, shared).join('.')}.`
}

/**
 * Reads the subjects a person sees at a school, which from here on is shared: records are added side by side, but never
 * while its figures are counted anew. Refuses not-found when one of them is not there or not theirs.
 */
export const readSubjects = async (db: Db, schoolId: string, studentIds: readonly string[]): Promise<Subjects> => {
  const ids = [...new Set(studentIds)].sort()
  const rows = await db.rows<SubjectRow & { schoolPath: string }>(sql`select s.id, s.scope, s.stage,
      s.entered_on as "enteredOn", s.left_on as "leftOn", u.path as "schoolPath"
    from (select pg_advisory_xact_lock_shared(hashtextextended(${schoolId}::uuid::text, 7))) lock
      cross join students s join units u on u.id = s.school_id
    where s.school_id = ${schoolId} and s.id = any(${ids}::uuid[]) order by s.id`)
  const [first] = rows
  if (!first || rows.length < ids.length) throw notFound()
  return { schoolPath: first.schoolPath, students: rows, scope: commonUnit(rows.map(({ scope }) => scope)) }
}

/**
 * Whether this person may record this kind for these students on that day: a post that records, sight of the kind's
 * secrecy domain over every one of them, a day within their time at the school.
 * Refuses `records.not-your-kind`, `records.one-subject`, `records.group-too-wide`, `records.act-date`.
 */
export const checkSubjects = (
  actor: Actor,
  kind: RecordKindDefinition,
  input: Pick<RecordInput, 'actDate'>,
  { students, scope }: Subjects,
  today: PlainDate,
): void => {
  if (students.length > 1 && kind.subjects === 'one')
    throw forbidden('records.one-subject', '这种记录一次只能记一名学生。')
  const domain = secrecyDomains[kind.domain].code
  for (const student of students) {
    const refusal =
      whyNotPermitted('records.add-record', actor.posts, student.scope) ?? whyNotOn(input.actDate, student, today)
    if (refusal) throw refusal
    if (!domainsOver(actor, student.scope, student.id).has(domain))
      throw forbidden('records.not-your-kind', '您的岗位不登记这种记录。')
  }
  if (students.length === 1) return
  const reach = reachOf(actor)
  if (reach.domainsAt(scope).size === 0 && !reach.atHome(scope))
    throw forbidden('records.group-too-wide', '这些学生不在同一个班,请分开登记。')
}
