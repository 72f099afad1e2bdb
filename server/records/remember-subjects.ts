import { type Db, sql } from '#server/platform'
import { commonUnit, type SubjectRow, type Subjects } from './read-subjects.ts'
import { subjectsMoved } from './record-events.ts'

// As the server writes it and as it was read: what stands there now must be this, letter for letter.
const lineOf = ({ id, scope, stage, enteredOn, leftOn }: SubjectRow, schoolPath: string): string =>
  `${id}|${scope}|${stage}|${enteredOn ?? ''}|${leftOn ?? ''}|${schoolPath}`

/**
 * Shares the school as `readSubjects` does and has the database check, with this person's eyes, that the subjects stand as
 * they are remembered; fails with `subjectsMoved` otherwise. Needs no answer, so it may stand in the message it guards.
 */
export const holdSubjects = (db: Db, schoolId: string, { schoolPath, students }: Subjects): Promise<object[]> =>
  db.rows(sql`select (case when string_agg(s.id || '|' || s.scope || '|' || s.stage || '|' || coalesce(s.entered_on::text, '')
        || '|' || coalesce(s.left_on::text, '') || '|' || u.path, ',' order by s.id) = ${students
          .map((student) => lineOf(student, schoolPath))
          .join()}
      then '1' else ${subjectsMoved} end)::int as held
    from (select pg_advisory_xact_lock_shared(hashtextextended(${schoolId}::uuid::text, 7))) lock
      cross join students s join units u on u.id = s.school_id
    where s.school_id = ${schoolId} and s.id = any(${students.map(({ id }) => id)}::uuid[])`)

/** Subjects as this program read them last. Only a hint: whoever acts on it has the database check it in the same message. */
export interface SubjectMemory {
  readonly recall: (schoolId: string, studentIds: readonly string[]) => Subjects | undefined
  readonly remember: (schoolId: string, subjects: Subjects) => void
}

const capacity = 50_000

/** Builds an empty memory that forgets the oldest first. */
export const rememberSubjects = (): SubjectMemory => {
  const known = new Map<string, { readonly schoolPath: string; readonly student: SubjectRow }>()
  return {
    recall: (schoolId, studentIds) => {
      const found = [...new Set(studentIds)].sort().flatMap((id) => known.get(`${schoolId} ${id}`) ?? [])
      const [first] = found
      if (!first || found.length < new Set(studentIds).size) return undefined
      const students = found.map(({ student }) => student)
      return { schoolPath: first.schoolPath, students, scope: commonUnit(students.map(({ scope }) => scope)) }
    },
    remember: (schoolId, { schoolPath, students }) => {
      for (const student of students) {
        const key = `${schoolId} ${student.id}`
        if (known.size >= capacity && !known.has(key)) known.delete(known.keys().next().value as string)
        known.set(key, { schoolPath, student })
      }
    },
  }
}
