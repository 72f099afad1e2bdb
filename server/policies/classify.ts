import type { PlainDate } from '#contract/platform'
import { actingAs, type Db, type Events, type JobRole, type Statement, sql } from '#server/platform'
import { classesChanged } from './classes-changed.ts'
import { judgeSome } from './judge-some.ts'
import type { InForce, Registry } from './registry.ts'
import { classificationSql } from './to-sql/index.ts'
import { writeChanges } from './write-changes.ts'

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
    const schools = `$${index + 3}::uuid[]`
    const where = `s.school_id = any(${schools}) and s.status = 1 and ($2::uuid[] is null or s.id = any($2::uuid[]))`
    return classificationSql(rules, { rules: inForce.rules, date: '$1::date', where, schools, withScope: true }).text
  })
  return { text: texts.map((text) => `(${text})`).join('\nunion all '), values: [on, studentIds, ...groups.values()] }
}

// Who stands otherwise than at the last judgement, and who is enrolled no more. Classes that did not move cost a look.
const changedRows = (fresh: string, day: string, students: string, schools: string): string => `
    select f.school_id, f.student_id, f.scope, f.yes, f.unknown, coalesce(c.yes, '{}') as was, true as enrolled, c.yes is not null as known
    from ${fresh} f left join classified c
      on c.school_id = f.school_id and c.student_id = f.student_id and c.school_id = any(${schools})
    where c.yes is distinct from f.yes or c.unknown is distinct from f.unknown
    union all
    select c.school_id, c.student_id, s.scope, '{}', '{}', c.yes, false, true
    from classified c join students s on s.school_id = c.school_id and s.id = c.student_id
    where s.status <> 1 and ${day} is not null and c.school_id = any(${schools}) and s.school_id = any(${schools})
      and (${students} is null or c.student_id = any(${students}))`

/** Some schools: judged, compared and written by one statement. */
const judge = (db: Db, groups: Map<InForce, string[]>, asked: Judging): Promise<number> => {
  const { text, values = [] } = freshRows(groups, asked)
  const all = `$${values.length + 1}::uuid[]`
  return db.change({
    text: `with fresh as materialized (${text}),
  changed as materialized (${changedRows('fresh', '$1::date', '$2::uuid[]', all)}), ${writeChanges('changed', '$1::date', all)}`,
    values: [...values, asked.schoolIds],
  })
}

/**
 * A list in parts of so many: a statement over all schools of a province reads its tables from disk and sorts them there;
 * over some it stays in memory, so that a student costs the same among ten thousand and among a million.
 */
export const inParts = <T>(all: readonly T[], many: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / many) }, (_, n) => all.slice(n * many, (n + 1) * many))

/** Some twenty thousand students. */
export const schoolsAtOnce = 40
const someStudents = 50

/** Plans from here on to the end of the transaction are made for what is asked, or as the server thinks best. */
export const planFor = (db: Db, mode: 'auto' | 'force_custom_plan'): Promise<object[]> =>
  db.rows(sql`select set_config('plan_cache_mode', ${mode}, true)`)

// Right after a large import the server knows nothing of the rows that just came, takes them for a few and looks each up by
// itself. Whole schools are always many: they are joined as sets.
const loopOver = (db: Db, mode: 'on' | 'off'): Promise<object[]> =>
  db.rows(sql`select set_config('enable_nestloop', ${mode}, true)`)

const run = async (db: Db, parts: Classifying, asked: Judging): Promise<void> => {
  const { schoolIds, studentIds, on } = asked
  if (studentIds !== null && studentIds.length <= someStudents)
    return judgeSome(db, parts, { schoolIds, studentIds, on })
  await lockSchools(db, schoolIds)
  const schools = await db.rows<SchoolRow>(
    sql`select id, path from units where id = any(${schoolIds}::uuid[]) order by path`,
  )
  if (schools.length === 0) return
  // A plan made for any schools at all costs three times what it saves over one made for these.
  await planFor(db, 'force_custom_plan')
  if (studentIds === null) await loopOver(db, 'off')
  for (const some of inParts(schools, schoolsAtOnce))
    await judge(db, alike(parts.registry, some, on), { ...asked, schoolIds: some.map(({ id }) => id) })
  await loopOver(db, 'on')
  await planFor(db, 'auto')
  await parts.events.announce(db, classesChanged, { schoolIds, studentIds, on, moved: null })
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
