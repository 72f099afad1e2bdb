import type { PlainDate } from '#contract/platform'
import { classLookup } from '#contract/policies'
import { type Db, raw, type Statement, sql } from '#server/platform'
import type { Adoption } from './adoptions.ts'
import { inParts, planFor, schoolsAtOnce } from './classify.ts'
import type { InForce, Registry } from './registry.ts'
import { joinsFor, toSql } from './to-sql/index.ts'

export interface SchoolHere {
  readonly id: string
  readonly path: string
}

/** What is asked: as if this adoption stood, on the day it begins. */
export interface WhatIf {
  readonly schools: readonly SchoolHere[]
  readonly adoption: Adoption
  readonly on: PlainDate
}

/** A class that the adoption would judge otherwise, as conditions in SQL. */
export interface MovedClass {
  readonly ref: string
  readonly number: number
  readonly before: string
  readonly after: string
}

/** Schools whose rules are the same before, and the same after. */
export interface Alike {
  readonly before: InForce
  readonly after: InForce
  readonly schoolIds: readonly string[]
  readonly moved: readonly MovedClass[]
  /** Joins that the conditions of `moved` need, narrowed to the schools of a parameter (`$2::uuid[]`). */
  readonly joins: (schools: string) => string
}

export interface ClassMove {
  readonly schoolId: string
  readonly number: number
  readonly enter: number
  readonly leave: number
  readonly unknown: number
}

const nobody = 'false'

const movedBetween = (before: InForce, after: InForce): Pick<Alike, 'moved' | 'joins'> => {
  const compile = (inForce: InForce) => {
    const options = { date: '$1::date', classes: classLookup(inForce.rules) }
    return new Map(inForce.rules.who.map((rule) => [rule.ref, toSql(rule.when, options)]))
  }
  const [were, are] = [compile(before), compile(after)]
  const refs = [...new Set([...were.keys(), ...are.keys()])]
  // Classes are inlined in each other, so equal texts judge alike whatever else changed around them.
  const differing = refs.filter((ref) => were.get(ref)?.text !== are.get(ref)?.text)
  const facts = new Set(differing.flatMap((ref) => [...(were.get(ref)?.facts ?? []), ...(are.get(ref)?.facts ?? [])]))
  return {
    moved: differing.map((ref) => ({
      ref,
      number: (are.has(ref) ? after : before).classNumber(ref),
      before: were.get(ref)?.text ?? nobody,
      after: are.get(ref)?.text ?? nobody,
    })),
    joins: (schools) => joinsFor(facts, schools),
  }
}

/** Groups schools by what they would go from and to. */
export const groupAlike = (registry: Registry, { schools, adoption, on }: WhatIf): readonly Alike[] => {
  const groups = new Map<string, { before: InForce; after: InForce; schoolIds: string[] }>()
  for (const { id, path } of schools) {
    const [before, after] = [registry.inForce(path, on), registry.inForceWith(path, on, [adoption])]
    const key = `${before.key} > ${after.key}`
    const group = groups.get(key)
    if (group) group.schoolIds.push(id)
    else groups.set(key, { before, after, schoolIds: [id] })
  }
  return [...groups.values()].map((group) => ({ ...group, ...movedBetween(group.before, group.after) }))
}

/** Where a class would move, in SQL over its two conditions. */
export const sideSql = {
  enter: ({ before, after }: MovedClass) => `(${after}) and (${before}) is not true`,
  leave: ({ before, after }: MovedClass) => `(${before}) and (${after}) is not true`,
  unknown: ({ before, after }: MovedClass) => `(${after}) is null and (${before}) is not null`,
} as const
export type Side = keyof typeof sideSql

const countStatement = ({ moved, joins, schoolIds }: Alike, on: PlainDate): Statement => {
  // Each condition is computed once for a student, whichever of the three counts reads it.
  const columns = moved.map(({ before, after }, n) => `${before} as b${n}, ${after} as a${n}`).join(',\n    ')
  const counts = moved.map((_, n) => {
    const both = { ref: '', number: 0, before: `b${n}`, after: `a${n}` }
    const count = (side: Side) => `count(*) filter (where ${sideSql[side](both)})::int`
    return `${count('enter')}, ${count('leave')}, ${count('unknown')}`
  })
  return {
    text: `select school_id as "schoolId", array[${counts.join(', ')}] as counts
  from (select s.school_id, ${columns} from students s ${joins('$2::uuid[]')}
    where s.school_id = any($2::uuid[]) and s.status = 1 and $1::date is not null offset 0) judged group by school_id`,
    values: [on, schoolIds],
  }
}

/**
 * Who would enter, leave and become unknown, by school and class; only classes that would be judged otherwise are
 * judged. One pass over the students, and nothing is written: the transaction is read-only from here on.
 */
export const previewClasses = async (db: Db, registry: Registry, asked: WhatIf): Promise<readonly ClassMove[]> => {
  await db.change(sql`set transaction read only`)
  await planFor(db, 'force_custom_plan')
  const moves: ClassMove[] = []
  for (const group of groupAlike(registry, asked)) {
    if (group.moved.length === 0) continue
    for (const schoolIds of inParts(group.schoolIds, schoolsAtOnce))
      moves.push(...(await countMoves(db, { ...group, schoolIds }, asked.on)))
  }
  return moves
}

const countMoves = async (db: Db, group: Alike, on: PlainDate): Promise<readonly ClassMove[]> => {
  const rows = await db.rows<{ schoolId: string; counts: number[] }>(countStatement(group, on))
  return rows.flatMap(({ schoolId, counts }) =>
    group.moved.flatMap(({ number }, n) => {
      const [enter = 0, leave = 0, unknown = 0] = counts.slice(n * 3, n * 3 + 3)
      return enter + leave + unknown > 0 ? [{ schoolId, number, enter, leave, unknown }] : []
    }),
  )
}

/** A student on one side of a move, for whoever may see the class. */
export interface MovedStudent {
  readonly schoolId: string
  readonly id: string
}

/** The students who would move one way in one class, in the order of their classes and names. Read-only. */
export const previewStudents = async (
  db: Db,
  registry: Registry,
  asked: WhatIf,
  { number, side, offset, limit }: { number: number; side: Side; offset: number; limit: number },
): Promise<readonly MovedStudent[]> => {
  await db.change(sql`set transaction read only`)
  const groups = groupAlike(registry, asked)
  const parts = groups.flatMap(({ before, after, schoolIds }, index) => {
    const { moved } = movedBetween(before, after)
    const one = moved.find((candidate) => candidate.number === number)
    if (!one) return []
    const joins = groups[index]?.joins ?? (() => '')
    return [{ condition: sideSql[side](one), joins, schoolIds }]
  })
  if (parts.length === 0) return []
  const texts = parts.map(
    ({ condition, joins }, n) =>
      `(select s.school_id, s.id, s.scope, s.name_order from students s ${joins(`$${n + 2}::uuid[]`)} where s.school_id = any($${n + 2}::uuid[]) and s.status = 1 and $1::date is not null and (${condition}))`,
  )
  return db.rows<MovedStudent>({
    text: `select school_id as "schoolId", id from (${texts.join(' union all ')}) moved
      order by scope, name_order, id limit $${parts.length + 2} offset $${parts.length + 3}`,
    values: [asked.on, ...parts.map(({ schoolIds }) => schoolIds), limit, offset],
  })
}

/** Students enrolled in each class today, by school: what the moves are counted from. */
export const membersNow = (
  db: Db,
  schoolIds: readonly string[],
  numbers: readonly number[],
): Promise<{ schoolId: string; number: number; members: number }[]> =>
  db.rows(sql`select school_id as "schoolId", rule as number, count(*)::int as members from class_spells
    where school_id = any(${schoolIds}::uuid[]) and rule = any(${numbers}::int[]) and until is null group by 1, 2`)

/** Figures as they stand: the newest period that has begun, of each coverage, over all these schools. */
export const figuresNow = (
  db: Db,
  schoolIds: readonly string[],
  measures: readonly number[],
  on: PlainDate,
): Promise<{ measure: number; need: number; met: number }[]> =>
  db.rows(sql`select measure, sum(need)::int as need, sum(met)::int as met from (
      select distinct on (school_id, measure) school_id, measure, need, met from sums
      where school_id = any(${schoolIds}::uuid[]) and measure = any(${measures}::int[]) and split = 0 and period <= ${on}::date
      order by school_id, measure, period desc) newest group by measure`)

/** Of those who would enter or leave a class, how many have met all these duties in the newest period begun. */
export const metAmongMoved = async (
  db: Db,
  group: Alike,
  moved: MovedClass,
  duties: readonly number[],
  on: PlainDate,
): Promise<{ enter: number; leave: number }> => {
  const met = `(select count(*) from unnest($3::int[]) d(rule) where (select p.met from duty_progress p
      where p.school_id = m.school_id and p.student_id = m.id and p.rule = d.rule and p.period <= $1::date
      order by p.period desc limit 1)) = cardinality($3::int[])`
  const found = await db.first<{ enter: number; leave: number }>({
    text: `select count(*) filter (where entering and ${met})::int as enter, count(*) filter (where not entering and ${met})::int as leave
    from (select s.school_id, s.id, (${sideSql.enter(moved)}) is true as entering from students s ${group.joins('$2::uuid[]')}
      where s.school_id = any($2::uuid[]) and s.status = 1 and ((${sideSql.enter(moved)}) or (${sideSql.leave(moved)})) offset 0) m`,
    values: [on, group.schoolIds, duties],
  })
  return found ?? { enter: 0, leave: 0 }
}

/** Names of those on a list, as far as the person reading may see them. */
export const namesStatement = (students: readonly MovedStudent[]): Statement =>
  sql`select s.school_id as "schoolId", s.id, s.name, k.name as "className", o.name as "schoolName"
    from unnest(${students.map(({ schoolId }) => schoolId)}::uuid[], ${students.map(({ id }) => id)}::uuid[]) with ordinality m(school_id, id, n)
      join students s on s.school_id = m.school_id and s.id = m.id
      join units k on k.id = s.class_id join units o on o.id = s.school_id ${raw('order by m.n')}`
