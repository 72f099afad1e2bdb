import type { PlainDate } from '#contract/platform'
import { actingAs, type Db, type Events, eventKind, type JobRole, sql } from '#server/platform'
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

const judge = async (
  db: Db,
  inForce: InForce,
  schoolIds: readonly string[],
  studentIds: readonly string[] | null,
  on: PlainDate,
): Promise<void> => {
  const rules = inForce.rules.who.map((rule) => ({ rule, number: inForce.classNumber(rule.ref) }))
  const { text } = classificationSql(rules, {
    rules: inForce.rules,
    date: '$2::date',
    // The date is named here because rules without ages and periods would leave $2 without a type.
    where:
      's.school_id = any($1::uuid[]) and s.status = 1 and $2::date is not null and ($3::uuid[] is null or s.id = any($3::uuid[]))',
  })
  await db.change({
    text: `insert into classified_fresh (school_id, student_id, yes, unknown) ${text}`,
    values: [schoolIds, on, studentIds],
  })
}

const openTables = async (
  db: Db,
  schoolIds: readonly string[],
  studentIds: readonly string[] | null,
): Promise<void> => {
  await db.change(
    sql`create temp table if not exists classified_target (school_id uuid, student_id uuid, scope text collate "C", enrolled boolean) on commit delete rows`,
  )
  await db.change(
    sql`create temp table if not exists classified_fresh (school_id uuid, student_id uuid, yes integer[], unknown integer[]) on commit delete rows`,
  )
  await db.change(sql`truncate classified_target, classified_fresh`)
  await db.change(sql`insert into classified_target (school_id, student_id, scope, enrolled)
    select school_id, id, scope, status = 1 from students
    where school_id = any(${schoolIds}::uuid[]) and (${studentIds}::uuid[] is null or id = any(${studentIds}::uuid[]))`)
  await db.change(sql`analyze classified_target`)
}

// A class left on the day it was entered leaves no trace; one left later closes on that day.
const closeSpells = async (db: Db, on: PlainDate): Promise<void> => {
  await db.change(sql`delete from class_spells c using classified_target t
    where c.school_id = t.school_id and c.student_id = t.student_id and c.until is null and c.since = ${on}::date
      and not exists (select from classified_fresh f
        where f.school_id = c.school_id and f.student_id = c.student_id and c.rule = any(f.yes))`)
  await db.change(sql`update class_spells c set until = ${on}::date from classified_target t
    where c.school_id = t.school_id and c.student_id = t.student_id and c.until is null
      and not exists (select from classified_fresh f
        where f.school_id = c.school_id and f.student_id = c.student_id and c.rule = any(f.yes))`)
}

const openSpells = (db: Db, on: PlainDate): Promise<number> =>
  db.change(sql`insert into class_spells (school_id, student_id, rule, since, scope, secrecy)
    select f.school_id, f.student_id, r.number, ${on}::date, t.scope, r.secrecy
    from classified_fresh f
      join classified_target t on t.school_id = f.school_id and t.student_id = f.student_id
      cross join lateral unnest(f.yes) as y(rule)
      join policy_rules r on r.number = y.rule
    where not exists (select from class_spells c where c.school_id = f.school_id and c.student_id = f.student_id
        and c.rule = y.rule and c.until is null)
    on conflict (school_id, student_id, rule, since) do update set until = null`)

const keepArrays = async (db: Db, on: PlainDate): Promise<void> => {
  await db.change(sql`insert into classified (school_id, student_id, scope, yes, unknown, as_of)
    select f.school_id, f.student_id, t.scope, f.yes, f.unknown, ${on}::date
    from classified_fresh f join classified_target t on t.school_id = f.school_id and t.student_id = f.student_id
    on conflict (school_id, student_id) do update
      set yes = excluded.yes, unknown = excluded.unknown, as_of = excluded.as_of, scope = excluded.scope
      where (classified.yes, classified.unknown) is distinct from (excluded.yes, excluded.unknown)`)
  await db.change(sql`delete from classified c using classified_target t
    where c.school_id = t.school_id and c.student_id = t.student_id and not t.enrolled`)
}

const run = async (
  db: Db,
  parts: Classifying,
  schoolIds: readonly string[],
  studentIds: readonly string[] | null,
  on: PlainDate,
): Promise<void> => {
  await lockSchools(db, schoolIds)
  const schools = await db.rows<SchoolRow>(sql`select id, path from units where id = any(${schoolIds}::uuid[])`)
  await openTables(db, schoolIds, studentIds)
  for (const [inForce, ids] of alike(parts.registry, schools, on)) await judge(db, inForce, ids, studentIds, on)
  await closeSpells(db, on)
  await openSpells(db, on)
  await keepArrays(db, on)
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
  return actingAs(db, 'classifier', what.back, () => run(db, parts, ids, what.studentIds ?? null, what.on))
}
