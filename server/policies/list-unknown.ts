import { rangeOf } from '#contract/organisations'
import type { AnswerOf, ParamsOf, PlainDate, QueryOf } from '#contract/platform'
import { notFound } from '#contract/platform'
import {
  type ClassRule,
  classLookup,
  type listUnknown as declared,
  evaluate,
  type FactRef,
  factMeaning,
} from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import { type Actor, type Db, domainsOver, reachOf, type Services, type Statement, sql } from '#server/platform'
import { findUnit } from './find-unit.ts'
import { readSubjects } from './judge-students.ts'
import { namesStatement } from './preview-classes.ts'
import type { Registry } from './registry.ts'
import { joinsFor, toSql } from './to-sql/index.ts'

type Answer = AnswerOf<typeof declared>
type Query = QueryOf<typeof declared>

const pageSize = 50

interface Seen {
  /** SQL over alias `c` (scope, student) and `r` (secrecy): what this person may know of. */
  readonly where: string
  readonly values: readonly unknown[]
}

/**
 * The person's reach as a condition. People read no row of `classified`: it is asked as the classifier, so what they may
 * know is said here as the row policies say it, and the names are read through those policies again.
 */
const seenBy = (actor: Actor, first: number): Seen => {
  const { ranges, classes, classKinds, students, listKinds } = reachOf(actor)
  const values: unknown[] = []
  const place = (value: unknown): string => {
    values.push(value)
    return `$${first + values.length - 1}`
  }
  const arms = [
    ...ranges.map(
      ({ lo, hi, kinds }) =>
        `(c.scope >= ${place(lo)} and c.scope < ${place(hi)} and r.secrecy = any(${place(kinds)}::smallint[]))`,
    ),
    `(c.scope = any(${place(classes)}::text[]) and r.secrecy = any(${place(classKinds)}::smallint[]))`,
    `(c.student_id = any(${place(students)}::uuid[]) and r.secrecy = any(${place(listKinds)}::smallint[]))`,
  ]
  const barred = (actor.settings.barred ?? '{}').replace(/[{}"]/g, '').split(',').filter(Boolean)
  return { where: `(${arms.join(' or ')}) and c.student_id <> all(${place(barred)}::uuid[])`, values }
}

const openStatement = (actor: Actor, path: string): Statement => {
  const { lo, hi } = rangeOf(path)
  const seen = seenBy(actor, 3)
  return {
    text: `select r.number as rule, r.label, count(*)::int as students
      from classified c cross join lateral unnest(c.unknown) u(rule) join policy_rules r on r.number = u.rule
      where c.scope >= $1 and c.scope < $2 and not r.proposes and ${seen.where}
      group by r.number, r.label order by students desc, r.number`,
    values: [lo, hi, ...seen.values],
  }
}

const lacks = (fact: FactRef): string =>
  factMeaning(fact).roster
    ? fact === 'urban'
      ? 'u.urban is null'
      : `s.${fact === 'age' ? 'birth_date' : fact} is null`
    : `f_${factMeaning(fact).domain}.${fact} is null`

interface Picked {
  readonly schoolId: string
  readonly id: string
  readonly counts: number[]
}

const pickStatement = (
  actor: Actor,
  path: string,
  rule: number,
  facts: readonly FactRef[],
  { fact, page }: Query,
): Statement => {
  const { lo, hi } = rangeOf(path)
  const seen = seenBy(actor, 6)
  const narrowed = fact && facts.some((one) => one === fact) ? `and ${lacks(fact as FactRef)}` : ''
  const lacking = facts.map((one) => `(${lacks(one)})`)
  return {
    text: `with open as materialized (
        select c.school_id, c.student_id, c.scope, s.name_order, array[${lacking.join(', ')}]::boolean[] as lacking
        from classified c join policy_rules r on r.number = $3
          join students s on s.school_id = c.school_id and s.id = c.student_id
          ${joinsFor(new Set(facts))}
        where c.scope >= $1 and c.scope < $2 and c.unknown @> array[$3::int] and ${seen.where}),
      counts as (
        select array(select count(*) filter (where o.lacking[n])::int from open o right join generate_series(1, ${facts.length}) n on true
          group by n order by n) as counts)
      select s.school_id as "schoolId", s.id, (select counts from counts) as counts from (
        select o.school_id, o.student_id as id, o.scope, o.name_order from open o
          join students s on s.school_id = o.school_id and s.id = o.student_id ${joinsFor(new Set(facts))}
        where true ${narrowed}) s
      order by s.scope, s.name_order, s.id limit $4 offset $5`,
    values: [lo, hi, rule, pageSize + 1, page * pageSize, ...seen.values],
  }
}

const factsAsked = (rule: ClassRule, registryRules: Parameters<typeof classLookup>[0]): FactRef[] => [
  ...toSql(rule.when, { date: 'current_date', classes: classLookup(registryRules) }).facts,
]

interface Place {
  readonly scope: string
  readonly path: string
}

const missingOf = async (
  db: Db,
  registry: Registry,
  actor: Actor,
  picked: readonly Picked[],
  number: number,
  on: PlainDate,
): Promise<Map<string, { missing: string[]; hidden: boolean }>> => {
  const subjects = await readSubjects(
    db,
    [...new Set(picked.map(({ schoolId }) => schoolId))],
    picked.map(({ id }) => id),
  )
  const places = await db.rows<Place & { id: string }>(
    sql`select s.id, s.scope, o.path from students s join units o on o.id = s.school_id
      where s.school_id = any(${picked.map(({ schoolId }) => schoolId)}::uuid[]) and s.id = any(${picked.map(({ id }) => id)}::uuid[])`,
  )
  const found = new Map<string, { missing: string[]; hidden: boolean }>()
  for (const { studentId, ...subject } of subjects.filter(({ enrolled }) => enrolled)) {
    const place = places.find(({ id }) => id === studentId)
    if (!place) continue
    const { rules, classByNumber } = registry.inForce(place.path, on)
    const rule = classByNumber(number)
    if (!rule) continue
    const { missing } = evaluate(rule.when, subject, on, classLookup(rules))
    const open = domainsOver(actor, place.scope, studentId)
    const shown = missing.filter((fact) => open.has(secrecyDomains[factMeaning(fact).domain].code))
    found.set(studentId, {
      missing: shown.map((fact) => factMeaning(fact).label),
      hidden: shown.length < missing.length,
    })
  }
  return found
}

/**
 * Students whom a class cannot judge, with the facts that are missing: the work list of whoever may ask. A class or a fact
 * a person may not know of is absent. [T1]
 */
export const readUnknown = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: ParamsOf<typeof declared>,
  query: Query,
): Promise<Answer> => {
  const unit = await findUnit(services, actor, unitId)
  const on = services.today()
  const classes = await services.door.asJob('classifier', (db) =>
    db.rows<Answer['classes'][number]>(openStatement(actor, unit.path)),
  )
  const answer = { unit: { id: unit.id, name: unit.name }, classes, facts: [], students: [], more: false }
  const chosen = query.rule ?? classes[0]?.rule
  if (chosen === undefined || classes.every(({ rule }) => rule !== chosen)) {
    if (query.rule !== undefined && classes.length > 0) throw notFound()
    return answer
  }
  const { rules, classByNumber } = registry.inForce(unit.path, on)
  const rule = classByNumber(chosen)
  const open = reachOf(actor)
  const mayKnow = new Set([...open.ranges.flatMap(({ kinds }) => kinds), ...open.classKinds, ...open.listKinds])
  const asked = rule
    ? factsAsked(rule, rules).filter((fact) => mayKnow.has(secrecyDomains[factMeaning(fact).domain].code))
    : []
  const { picked, missing } = await services.door.asJob('classifier', async (db) => {
    const rows = await db.rows<Picked>(pickStatement(actor, unit.path, chosen, asked, query))
    return { picked: rows, missing: await missingOf(db, registry, actor, rows.slice(0, pageSize), chosen, on) }
  })
  const names = await services.door.readAsActor<Omit<Answer['students'][number], 'missing' | 'hidden'>>(
    actor,
    namesStatement(picked.slice(0, pageSize)),
  )
  return {
    ...answer,
    facts: asked.flatMap((fact, n) => {
      const students = picked[0]?.counts[n] ?? 0
      return students > 0 ? [{ fact, label: factMeaning(fact).label, students }] : []
    }),
    students: names.map((one) => ({ ...one, ...(missing.get(one.id) ?? { missing: [], hidden: true }) })),
    more: picked.length > pageSize,
  }
}
