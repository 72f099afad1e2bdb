import type { PlainDate } from '#contract/platform'
import { classify, type Subject } from '#contract/policies'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Db, raw, sql } from '#server/platform'
import type { InForce } from './registry.ts'

/** One student as judged, with the classes by their numbers. */
export interface JudgedStudent {
  readonly yes: readonly number[]
  readonly unknown: readonly number[]
}

/** What rules read about one student. */
export interface SubjectRow {
  readonly schoolId: string
  readonly studentId: string
  readonly roster: Subject['roster']
  readonly facts: Subject['facts']
  readonly acts: NonNullable<Subject['acts']>
  readonly schoolPath: string
  readonly enrolled: boolean
  /** As last judged; null when never. */
  readonly was: JudgedStudent | null
}

const domains = Object.keys(secrecyDomains) as SecrecyDomain[]
const joins = domains
  .map(
    (domain) =>
      `left join facts_${domain} f_${domain} on f_${domain}.school_id = s.school_id and f_${domain}.student_id = s.id`,
  )
  .join('\n    ')
// Row by row as JSON text: putting them together as one object in the database cost more than finding them.
const facts = `json_build_array(${domains.map((domain) => `f_${domain}`).join(', ')})`

interface ReadRow extends Omit<SubjectRow, 'facts' | 'was'> {
  readonly facts: readonly (SubjectRow['facts'] | null)[]
  readonly yes: readonly number[] | null
  readonly unknown: readonly number[] | null
}

/**
 * What rules read about these students, from every domain, and how they were last judged; also of those enrolled no
 * more. For the classifier only.
 */
export const readSubjects = async (
  db: Db,
  schoolIds: readonly string[],
  studentIds: readonly string[],
): Promise<SubjectRow[]> => {
  const rows = await db.rows<ReadRow>(sql`select s.school_id as "schoolId", s.id as "studentId",
      json_build_object('stage', s.stage, 'grade', s.grade, 'sex', s.sex, 'birth_date', s.birth_date,
        'entered_on', s.entered_on, 'urban', o.urban) as roster, ${raw(facts)} as facts,
      coalesce((select json_agg(json_build_object('kind', v.kind, 'on', v.act_date)) from record_subjects v
        where v.school_id = s.school_id and v.student_id = s.id and v.current), '[]') as acts,
      o.path as "schoolPath", s.status = 1 as enrolled, c.yes, c.unknown
    from students s join units o on o.id = s.school_id
    left join classified c on c.school_id = s.school_id and c.student_id = s.id
    ${raw(joins)}
    where s.school_id = any(${schoolIds}::uuid[]) and s.id = any(${studentIds}::uuid[])`)
  return rows.map(({ yes, unknown, ...row }) => ({
    ...row,
    facts: Object.assign({}, ...row.facts),
    was: yes && unknown ? { yes, unknown } : null,
  }))
}

/**
 * Judges one student, as a phone would. Agrees with the statement for many by property test; classes come in the same
 * order.
 */
export const judgeSubject = (subject: Subject, inForce: InForce, on: PlainDate): JudgedStudent => {
  const verdicts = [...classify(inForce.rules, subject, on)]
  const numbersOf = (answer: string) =>
    verdicts.flatMap(([ref, verdict]) => (verdict.answer === answer ? [inForce.classNumber(ref)] : []))
  return { yes: numbersOf('met'), unknown: numbersOf('unknown') }
}
