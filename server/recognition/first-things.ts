import { isPost, postsOver } from '#contract/people'
import { daysBetween, type PlainDate, Refusal } from '#contract/platform'
import { type FlowStep, stillBefore } from '#contract/policies'
import { type Actor, type Db, sql } from '#server/platform'
import type { InForce } from '#server/policies'
import type { StudentRow } from './deciding.ts'

interface Known {
  readonly student_id: string
  readonly acts: readonly {
    readonly kind: number
    readonly on: PlainDate
    readonly mode: number | null
    readonly coded: Readonly<Record<string, unknown>>
  }[]
  readonly classes: readonly string[]
}

// Read as a job: whoever decides need not see the record itself to learn that it is missing.
const readKnown = (db: Db, schoolId: string, ids: readonly string[], kinds: readonly number[]): Promise<Known[]> =>
  db.rows<Known>(sql`select s.id as student_id,
      coalesce((select jsonb_agg(jsonb_build_object('kind', v.kind, 'on', v.act_date, 'mode', v.mode, 'coded', coalesce(r.coded, '{}')))
        from record_subjects v left join records r on r.school_id = v.school_id and r.id = v.record_id
        where v.school_id = s.school_id and v.student_id = s.id and v.current and v.kind = any(${kinds}::smallint[])), '[]') as acts,
      array(select r.key from class_spells c join policy_rules r on r.number = c.rule
        where c.school_id = s.school_id and c.student_id = s.id and c.until is null) as classes
    from students s where s.school_id = ${schoolId} and s.id = any(${ids}::uuid[])`)

const codesOf = (coded: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Object.entries(coded).map(([field, value]) => [field, [value].flat().filter((code) => typeof code === 'number')]),
  )

/**
 * Why a step of the pack's flow cannot be taken yet for some of these students: visited first, recognised after.
 * Undefined when it can for all. [C5 S10] Refuses nobody for another's missing record: each is named by a field.
 */
export const whyNotYet = async (
  db: Db,
  inForce: InForce,
  step: FlowStep | undefined,
  decision: {
    readonly schoolId: string
    readonly students: readonly StudentRow[]
    readonly by: Pick<Actor, 'posts'>
    readonly reason: string | null
    readonly on: PlainDate
  },
): Promise<Refusal | undefined> => {
  if (!step || step.first.length === 0) return undefined
  const { schoolId, students, by, reason, on } = decision
  const known = await readKnown(
    db,
    schoolId,
    students.map(({ id }) => id),
    step.first.map(({ number }) => number),
  )
  const scopes = new Map(students.map(({ id, scope }) => [id, scope]))
  const labels = new Map(inForce.rules.records.map(({ id, label }) => [id, label]))
  const kinds = new Map(inForce.rules.records.map(({ number, id }) => [number, id]))
  const fields = known.flatMap(({ student_id, acts, classes }) => {
    const posts = postsOver(by.posts, scopes.get(student_id) ?? '').filter(isPost)
    const done = acts.map((act) => ({
      record: kinds.get(act.kind) ?? '',
      daysAgo: daysBetween(act.on, on),
      codes: codesOf({ ...act.coded, mode: act.mode }),
    }))
    return stillBefore(step, { posts, reason }, { done, classes }).map(({ record, days }) => ({
      field: student_id,
      reason: `须先完成${labels.get(record) ?? record}(${days} 天内)`,
    }))
  })
  if (fields.length === 0) return undefined
  const count = new Set(fields.map(({ field }) => field)).size
  const reasons = [...new Set(fields.map((field) => field.reason))].join('、')
  return new Refusal('recognition.first-things', `${count} 名学生${reasons}。`, 'conflict', fields)
}
