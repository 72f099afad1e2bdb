import { commonUnit, type SubjectRow, type Subjects } from './read-subjects.ts'

/** Subjects as this program read them last. Only a hint: `writeRecord` has the database check it in the same message. */
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
      const ids = studentIds.length === 1 ? studentIds : [...new Set(studentIds)].sort()
      const found = ids.flatMap((id) => known.get(`${schoolId} ${id}`) ?? [])
      const [first] = found
      if (!first || found.length < ids.length) return undefined
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
