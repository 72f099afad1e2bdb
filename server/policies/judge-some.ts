import type { PlainDate } from '#contract/platform'
import { type Db, type Events, sql } from '#server/platform'
import { type ClassesChanged, classesChanged, type StudentMove } from './classes-changed.ts'
import { type JudgedStudent, judgeSubject, readSubjects, type SubjectRow } from './judge-students.ts'
import type { Registry } from './registry.ts'

interface Change extends JudgedStudent {
  readonly subject: SubjectRow
  readonly was: readonly number[]
}

const nothing: JudgedStudent = { yes: [], unknown: [] }

const same = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((number, index) => number === other[index])

// Who stands otherwise than at the last judgement, and who is enrolled no more.
const changeOf = (registry: Registry, on: PlainDate, subject: SubjectRow): Change[] => {
  const { was, enrolled, schoolPath } = subject
  if (!enrolled) return was ? [{ ...nothing, subject, was: was.yes }] : []
  const is = judgeSubject(subject, registry.inForce(schoolPath, on), on)
  return was && same(was.yes, is.yes) && same(was.unknown, is.unknown) ? [] : [{ ...is, subject, was: was?.yes ?? [] }]
}

// One student and its rules named outright: every part finds its rows by key, whatever the tables hold.
const write = (db: Db, { yes, unknown, was, subject }: Change, on: PlainDate): readonly Promise<number>[] => {
  const { schoolId, studentId } = subject
  const left = was.filter((rule) => !yes.includes(rule))
  const entered = yes.filter((rule) => !was.includes(rule))
  const sent: Promise<number>[] = []
  // A class left on the day it was entered leaves no trace; one left later closes on that day.
  if (left.length > 0)
    sent.push(
      db.change(sql`with undone as (
          delete from class_spells where school_id = ${schoolId} and student_id = ${studentId} and rule = any(${left}::int[])
            and until is null and since = ${on}::date)
        update class_spells set until = ${on}::date where school_id = ${schoolId} and student_id = ${studentId}
          and rule = any(${left}::int[]) and until is null and since <> ${on}::date`),
    )
  if (entered.length > 0)
    sent.push(
      db.change(sql`insert into class_spells (school_id, student_id, rule, since, scope, secrecy)
        select s.school_id, s.id, r.number, ${on}::date, s.scope, r.secrecy from students s, policy_rules r
        where s.school_id = ${schoolId} and s.id = ${studentId} and r.number = any(${entered}::int[])
        on conflict (school_id, student_id, rule, since) do update set until = null`),
    )
  sent.push(
    subject.enrolled
      ? db.change(sql`insert into classified (school_id, student_id, scope, yes, unknown, as_of)
          select school_id, id, scope, ${yes}::int[], ${unknown}::int[], ${on}::date from students
          where school_id = ${schoolId} and id = ${studentId}
          on conflict (school_id, student_id) do update
            set yes = excluded.yes, unknown = excluded.unknown, as_of = excluded.as_of, scope = excluded.scope`)
      : db.change(sql`delete from classified where school_id = ${schoolId} and student_id = ${studentId}`),
  )
  return sent
}

/**
 * Judges some students one by one, as a phone would, and writes what changed; the rules need not become a statement
 * first. What is needed is asked in one message and what follows is written in another, so that one student's change
 * costs little more than the rows it writes. The caller holds nothing; the schools are held here.
 */
export const judgeSome = async (
  db: Db,
  { registry, events }: { readonly registry: Registry; readonly events: Events },
  asked: Pick<ClassesChanged, 'schoolIds' | 'on'> & { readonly studentIds: readonly string[] },
): Promise<void> => {
  const { schoolIds, studentIds, on } = asked
  const [, subjects] = await Promise.all([
    // As `lockSchools` does; and the few statements from here on are always the same and find their rows by key, so that
    // planning them would cost more than running them.
    db.rows(sql`select pg_advisory_xact_lock(hashtextextended(id::text, 7)), set_config('plan_cache_mode', 'force_generic_plan', true)
      from (select unnest(${schoolIds}::uuid[]) as id order by 1) as schools`),
    readSubjects(db, schoolIds, studentIds),
  ])
  const changes = subjects.flatMap((subject) => changeOf(registry, on, subject))
  const moved = changes.map(({ subject, yes, was }): StudentMove => {
    const { schoolId, schoolPath, studentId, enrolled, roster } = subject
    return { schoolId, schoolPath, studentId, stage: enrolled ? (roster.stage ?? null) : null, was, is: yes }
  })
  await Promise.all([
    ...changes.flatMap((change) => write(db, change, on)),
    events.announce(db, classesChanged, { schoolIds, studentIds, on, moved }),
  ])
}
