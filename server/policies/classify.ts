import type { PlainDate } from '#contract/platform'
import { actingAs, type Db, type Events, eventKind, type JobRole, type Statement, sql } from '#server/platform'
import { judgeStudents } from './judge-students.ts'
import type { InForce, Registry } from './registry.ts'
import { classificationSql } from './to-sql/index.ts'

/** Classes of students of these schools were judged anew; duties and figures follow in the same transaction. */
export interface ClassesChanged {
  readonly schoolIds: readonly string[]
  /** Only these students, when given. */
  readonly studentIds: readonly string[] | null
  readonly on: PlainDate
}
export const classesChanged = eventKind<ClassesChanged>('classes.changed')

/** What a classification runs with. */
export interface Classifying {
  readonly registry: Registry
  readonly events: Events
}

interface SchoolRow {
  readonly id: string
  readonly path: string
}

/**
 * Keeps a full recount of a school and single records that move its figures apart: recounts take this lock, records
 * take it shared.
 */
export const lockSchools = (db: Db, schoolIds: readonly string[]): Promise<object[]> =>
  db.rows(sql`select pg_advisory_xact_lock(hashtextextended(id::text, 7))
    from (select unnest(${schoolIds}::uuid[]) as id order by 1) as schools`)

// Schools under the same rules are judged by one statement.
const alike = (registry: Registry, schools: readonly SchoolRow[], on: PlainDate): Map<InForce, string[]> => {
  const groups = new Map<InForce, string[]>()
  for (const school of schools) {
    const inForce = registry.inForce(school.path, on)
    groups.set(inForce, [...(groups.get(inForce) ?? []), school.id])
  }
  return groups
}

interface Judging {
  readonly schoolIds: readonly string[]
  readonly studentIds: readonly string[] | null
  readonly on: PlainDate
}

/** One SELECT that judges all students asked for, each group of schools by its own rules: `$1` day, `$2` students or null. */
const freshRows = (groups: Map<InForce, string[]>, { studentIds, on }: Judging): Statement => {
  const texts = [...groups.keys()].map((inForce, index) => {
    const rules = inForce.rules.who.map((rule) => ({ rule, number: inForce.classNumber(rule.ref) }))
    const where = `s.school_id = any($${index + 3}::uuid[]) and s.status = 1 and ($2::uuid[] is null or s.id = any($2::uuid[]))`
    return classificationSql(rules, { rules: inForce.rules, date: '$1::date', where }).text
  })
  return { text: texts.map((text) => `(${text})`).join('\nunion all '), values: [on, studentIds, ...groups.values()] }
}

// Who stands otherwise than at the last judgement, and who is enrolled no more. Classes that did not move cost a look.
const changedRows = (fresh: string, day: string, students: string, schools: string): string => `
    select f.school_id, f.student_id, f.yes, f.unknown, coalesce(c.yes, '{}') as was, true as enrolled
    from ${fresh} f left join classified c on c.school_id = f.school_id and c.student_id = f.student_id
    where c.yes is distinct from f.yes or c.unknown is distinct from f.unknown
    union all
    select c.school_id, c.student_id, '{}', '{}', c.yes, false
    from classified c join students s on s.school_id = c.school_id and s.id = c.student_id
    where s.status <> 1 and ${day} is not null and c.school_id = any(${schools})
      and (${students} is null or c.student_id = any(${students}))`

// A class left on the day it was entered leaves no trace; one left later closes on that day.
const writeChanges = (changed: string, day: string): string => `
  gone as (
    select c.school_id, c.student_id, w.rule from ${changed} c, unnest(c.was) w(rule) where w.rule <> all(c.yes)),
  undone as (
    delete from class_spells k using gone g
    where k.school_id = g.school_id and k.student_id = g.student_id and k.rule = g.rule and k.until is null and k.since = ${day}),
  closed as (
    update class_spells k set until = ${day} from gone g
    where k.school_id = g.school_id and k.student_id = g.student_id and k.rule = g.rule and k.until is null and k.since <> ${day}),
  opened as (
    insert into class_spells (school_id, student_id, rule, since, scope, secrecy)
    select c.school_id, c.student_id, y.rule, ${day}, s.scope, r.secrecy
    from ${changed} c cross join lateral unnest(c.yes) y(rule)
      join students s on s.school_id = c.school_id and s.id = c.student_id
      join policy_rules r on r.number = y.rule
    where y.rule <> all(c.was)
    on conflict (school_id, student_id, rule, since) do update set until = null),
  dropped as (
    delete from classified k using ${changed} c
    where not c.enrolled and k.school_id = c.school_id and k.student_id = c.student_id)
  insert into classified (school_id, student_id, scope, yes, unknown, as_of)
  select c.school_id, c.student_id, s.scope, c.yes, c.unknown, ${day}
  from ${changed} c join students s on s.school_id = c.school_id and s.id = c.student_id
  where c.enrolled
  on conflict (school_id, student_id) do update
    set yes = excluded.yes, unknown = excluded.unknown, as_of = excluded.as_of, scope = excluded.scope`

/** Some students: judged one by one, compared and written by one statement that is the same for all rules. */
const judgeSome = async (
  db: Db,
  groups: Map<InForce, string[]>,
  { schoolIds, on }: Judging,
  studentIds: readonly string[],
): Promise<number> => {
  const at = new Map([...groups].flatMap(([inForce, ids]) => ids.map((id) => [id, inForce] as const)))
  const judged = await judgeStudents(db, (id) => at.get(id), schoolIds, studentIds, on)
  return db.change({
    text: `with fresh as (
      select j.school_id, j.student_id, array(select jsonb_array_elements_text(j.yes)::int) as yes,
        array(select jsonb_array_elements_text(j.unknown)::int) as unknown
      from jsonb_to_recordset($4::jsonb) as j(school_id uuid, student_id uuid, yes jsonb, unknown jsonb)),
  changed as materialized (${changedRows('fresh', '$1::date', '$2::uuid[]', '$3::uuid[]')}), ${writeChanges('changed', '$1::date')}`,
    values: [on, studentIds, schoolIds, JSON.stringify(judged)],
  })
}

/** Few schools: judged, compared and written by one statement. Answers how many stand otherwise than before. */
const judgeFew = (db: Db, groups: Map<InForce, string[]>, asked: Judging): Promise<number> => {
  const { text, values = [] } = freshRows(groups, asked)
  const all = `$${values.length + 1}::uuid[]`
  return db.change({
    text: `with fresh as materialized (${text}),
  changed as materialized (${changedRows('fresh', '$1::date', '$2::uuid[]', all)}), ${writeChanges('changed', '$1::date')}`,
    values: [...values, asked.schoolIds],
  })
}

/**
 * Many students: a table made by the statement that fills it is filled by several processes, which neither a temporary
 * table nor an insert is. Made and dropped in this transaction, in the schema kept for it.
 */
const judgeMany = async (db: Db, groups: Map<InForce, string[]>, asked: Judging): Promise<number> => {
  const own = await db.first<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const [fresh, changed] = [`working.fresh_${own?.pid}`, `working.changed_${own?.pid}`]
  const { text, values = [] } = freshRows(groups, asked)
  await db.change({ text: `create unlogged table ${fresh} as ${text}`, values })
  await db.change({
    text: `create unlogged table ${changed} as ${changedRows(fresh, '$1::date', '$2::uuid[]', '$3::uuid[]')}`,
    values: [asked.on, asked.studentIds, asked.schoolIds],
  })
  const written = await db.change({ text: `with ${writeChanges(changed, '$1::date')}`, values: [asked.on] })
  await db.change({ text: `drop table ${fresh}, ${changed}` })
  return written
}

const fewSchools = 40
const someStudents = 50

const run = async (db: Db, parts: Classifying, asked: Judging): Promise<void> => {
  const { schoolIds, studentIds, on } = asked
  await lockSchools(db, schoolIds)
  const schools = await db.rows<SchoolRow>(sql`select id, path from units where id = any(${schoolIds}::uuid[])`)
  const groups = alike(parts.registry, schools, on)
  if (groups.size === 0) return
  if (studentIds !== null && studentIds.length <= someStudents) await judgeSome(db, groups, asked, studentIds)
  else if (studentIds !== null || schools.length <= fewSchools) await judgeFew(db, groups, asked)
  else await judgeMany(db, groups, asked)
  await parts.events.announce(db, classesChanged, { schoolIds, studentIds, on })
}

/**
 * Judges students of these schools (or only the given ones) by the rules in force at each school on a day: who enters,
 * who leaves, since when; then lets duties and figures follow. Inside a job's transaction; `back` is that job. [T1]
 */
export const reclassify = (
  db: Db,
  parts: Classifying,
  what: {
    readonly schoolIds: readonly string[]
    readonly studentIds?: readonly string[]
    readonly on: PlainDate
    readonly back: JobRole
  },
): Promise<void> => {
  const ids = [...new Set(what.schoolIds)].sort()
  if (ids.length === 0) return Promise.resolve()
  return actingAs(db, 'classifier', what.back, () =>
    run(db, parts, { schoolIds: ids, studentIds: what.studentIds ?? null, on: what.on }),
  )
}
