import type { PlainDate } from '#contract/platform'
import { classify, type Subject } from '#contract/policies'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { type Db, raw, sql } from '#server/platform'
import type { InForce } from './registry.ts'

/** One student as judged, with the classes by their numbers. */
export interface JudgedStudent {
  readonly school_id: string
  readonly student_id: string
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
}

const domains = Object.keys(secrecyDomains) as SecrecyDomain[]
const joins = domains
  .map(
    (domain) =>
      `left join facts_${domain} f_${domain} on f_${domain}.school_id = s.school_id and f_${domain}.student_id = s.id`,
  )
  .join('\n    ')
const facts = domains.map((domain) => `coalesce(to_jsonb(f_${domain}), '{}')`).join(' || ')

/** What rules read about these students, from every domain: for the classifier only. */
export const readSubjects = (
  db: Db,
  schoolIds: readonly string[],
  studentIds: readonly string[],
): Promise<SubjectRow[]> =>
  db.rows<SubjectRow>(sql`select s.school_id as "schoolId", s.id as "studentId",
      json_build_object('stage', s.stage, 'grade', s.grade, 'sex', s.sex, 'birth_date', s.birth_date,
        'entered_on', s.entered_on, 'urban', o.urban) as roster, ${raw(facts)} as facts,
      coalesce((select json_agg(json_build_object('kind', v.kind, 'on', v.act_date)) from record_subjects v
        where v.school_id = s.school_id and v.student_id = s.id and v.current), '[]') as acts
    from students s join units o on o.id = s.school_id
    ${raw(joins)}
    where s.school_id = any(${schoolIds}::uuid[]) and s.id = any(${studentIds}::uuid[]) and s.status = 1`)

/**
 * Judges students one by one, as a phone would. Agrees with the statement for many by property test; classes come in the
 * same order.
 */
export const judgeSubjects = (
  rows: readonly SubjectRow[],
  inForceAt: (schoolId: string) => InForce | undefined,
  on: PlainDate,
): readonly JudgedStudent[] =>
  rows.flatMap(({ schoolId, studentId, ...subject }) => {
    const inForce = inForceAt(schoolId)
    if (!inForce) return []
    const verdicts = [...classify(inForce.rules, subject, on)]
    const numbersOf = (answer: string) =>
      verdicts.flatMap(([ref, verdict]) => (verdict.answer === answer ? [inForce.classNumber(ref)] : []))
    return [{ school_id: schoolId, student_id: studentId, yes: numbersOf('met'), unknown: numbersOf('unknown') }]
  })
