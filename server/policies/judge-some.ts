import type { PlainDate } from '#contract/platform'
import { type Db, type Events, sql } from '#server/platform'
import { type ClassesChanged, classesChanged, type StudentMove } from './classes-changed.ts'
import { type JudgedStudent, judgeSubjects, readSubjects } from './judge-students.ts'
import type { Registry } from './registry.ts'
import { writeChanges } from './write-changes.ts'

interface Standing {
  readonly schoolId: string
  readonly studentId: string
  readonly yes: readonly number[]
  readonly unknown: readonly number[]
}

interface Change extends JudgedStudent {
  readonly was: readonly number[]
  readonly enrolled: boolean
}

const lastStanding = (db: Db, schoolIds: readonly string[], studentIds: readonly string[]): Promise<Standing[]> =>
  db.rows<Standing>(sql`select school_id as "schoolId", student_id as "studentId", yes, unknown from classified
    where school_id = any(${schoolIds}::uuid[]) and student_id = any(${studentIds}::uuid[])`)

const same = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((number, index) => number === other[index])

const keyOf = (schoolId: string, studentId: string): string => `${schoolId} ${studentId}`

// Who stands otherwise than at the last judgement, and who is enrolled no more.
const changesOf = (judged: readonly JudgedStudent[], before: readonly Standing[]): readonly Change[] => {
  const standing = new Map(before.map((row) => [keyOf(row.schoolId, row.studentId), row]))
  const here = new Set(judged.map((row) => keyOf(row.school_id, row.student_id)))
  const moved = judged.flatMap((row): Change[] => {
    const was = standing.get(keyOf(row.school_id, row.student_id))
    if (was && same(was.yes, row.yes) && same(was.unknown, row.unknown)) return []
    return [{ ...row, was: was?.yes ?? [], enrolled: true }]
  })
  const left = before
    .filter((row) => !here.has(keyOf(row.schoolId, row.studentId)))
    .map((row) => ({
      school_id: row.schoolId,
      student_id: row.studentId,
      yes: [],
      unknown: [],
      was: row.yes,
      enrolled: false,
    }))
  return [...moved, ...left]
}

const write = (db: Db, changes: readonly Change[], on: PlainDate): Promise<number> =>
  db.change({
    text: `with changed as materialized (
      select * from jsonb_to_recordset($2::jsonb)
        as j(school_id uuid, student_id uuid, yes int[], "unknown" int[], was int[], enrolled boolean)), ${writeChanges('changed', '$1::date')}`,
    values: [on, JSON.stringify(changes)],
  })

/**
 * Judges some students one by one, as a phone would, and writes what changed; the rules need not become a statement
 * first. What is needed is asked in one message and what follows is written in another, so that one student's change
 * costs little more than the rows it writes. The caller holds nothing; the schools are held here.
 */
export const judgeSome = async (
  db: Db,
  { registry, events }: { readonly registry: Registry; readonly events: Events },
  asked: Pick<ClassesChanged, 'schoolIds' | 'on'> & { readonly studentIds: readonly string[] },
  lockSchools: (db: Db, schoolIds: readonly string[]) => Promise<unknown>,
): Promise<void> => {
  const { schoolIds, studentIds, on } = asked
  const [, , schools, subjects, before] = await Promise.all([
    // The same few statements each time: planning them would cost more than running them.
    db.rows(sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`),
    lockSchools(db, schoolIds),
    db.rows<{ id: string; path: string }>(sql`select id, path from units where id = any(${schoolIds}::uuid[])`),
    readSubjects(db, schoolIds, studentIds),
    lastStanding(db, schoolIds, studentIds),
  ])
  const pathOf = new Map(schools.map(({ id, path }) => [id, path]))
  const judged = judgeSubjects(
    subjects,
    (id) => {
      const path = pathOf.get(id)
      return path === undefined ? undefined : registry.inForce(path, on)
    },
    on,
  )
  const changes = changesOf(judged, before)
  const moved = changes.map(
    ({ school_id, student_id, yes, was }): StudentMove => ({
      schoolId: school_id,
      schoolPath: pathOf.get(school_id) ?? '',
      studentId: student_id,
      was,
      is: yes,
    }),
  )
  await Promise.all([
    ...(changes.length > 0 ? [write(db, changes, on)] : []),
    events.announce(db, classesChanged, { schoolIds, studentIds, on, moved }),
    db.rows(sql`select set_config('plan_cache_mode', 'auto', true)`),
  ])
}
