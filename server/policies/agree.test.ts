import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#contract/platform'
import {
  type Answer,
  type ClassRule,
  type Condition,
  type ConditionKind,
  evaluate,
  type FactMeaning,
  type FactValue,
  type RulesInForce,
  readableFacts,
  type Subject,
} from '#contract/policies'
import { type SecrecyDomain, secrecyDomains } from '#contract/students'
import { freshDatabase, type TestDatabase } from '../platform/database/test-database.ts'
import { classificationSql } from './to-sql/index.ts'

const seed = Number(process.env.SEED ?? 20260901)
const school = '00000000-0000-7000-8000-000000000001'
const domains = Object.keys(secrecyDomains) as SecrecyDomain[]
const tables = ['students', 'units', 'record_subjects', ...domains.map((domain) => `facts_${domain}`)]
const KINDS = [1, 2, 3]

// Days where calendars go wrong: leap days and their neighbours, ends of months, edges of terms and years.
const days = fc.constantFrom(
  '2008-02-29',
  '2012-02-28',
  '2012-02-29',
  '2016-02-29',
  '2016-03-01',
  '2020-02-29',
  '2024-02-29',
  '2025-01-20',
  '2025-01-31',
  '2025-02-14',
  '2025-02-15',
  '2025-02-28',
  '2025-03-01',
  '2025-07-05',
  '2025-07-06',
  '2025-08-31',
  '2025-09-01',
  '2025-12-31',
  '2026-01-01',
  '2026-01-31',
  '2026-02-28',
  '2026-03-01',
  '2028-02-29',
)

function valueFor(fact: FactMeaning): fc.Arbitrary<FactValue> {
  switch (fact.type) {
    case 'yes-no':
      return fc.boolean()
    case 'code':
      return fc.constantFrom(...Object.keys(fact.codes ?? {}).map(Number))
    case 'integer':
      return fc.integer({ min: -1, max: 19 })
    case 'money':
      return fc.constantFrom(0, 799_999, 800_000, 800_001, 123_456_789_000)
    case 'date':
      return days
  }
}

const measures = readableFacts.filter(({ type }) => type === 'integer' || type === 'money' || type === 'date')
const yesNo = readableFacts.filter(({ type }) => type === 'yes-no').map(({ ref }) => ref)
const factAnd = (facts: readonly FactMeaning[], build: (fact: FactMeaning) => fc.Arbitrary<Condition>) =>
  fc.constantFrom(...facts).chain(build)

const leaf = fc.oneof(
  factAnd(readableFacts, (fact) => valueFor(fact).map((value): Condition => ({ kind: 'is', fact: fact.ref, value }))),
  factAnd(readableFacts, (fact) =>
    fc.uniqueArray(valueFor(fact), { maxLength: 3 }).map((values) => ({ kind: 'in', fact: fact.ref, values })),
  ),
  factAnd(readableFacts, (fact) => fc.constant<Condition>({ kind: 'known', fact: fact.ref })),
  ...[measures, readableFacts.filter(({ ref }) => ref === 'age')].flatMap((facts) => [
    factAnd(facts, (fact) => valueFor(fact).map((value): Condition => ({ kind: 'at_least', fact: fact.ref, value }))),
    factAnd(facts, (fact) => valueFor(fact).map((value): Condition => ({ kind: 'at_most', fact: fact.ref, value }))),
    factAnd(facts, (fact) =>
      fc
        .tuple(valueFor(fact), valueFor(fact))
        .map(([from, to]): Condition => ({ kind: 'between', fact: fact.ref, from, to })),
    ),
  ]),
  fc.uniqueArray(fc.constantFrom(...yesNo), { maxLength: 4 }).map((facts): Condition => ({ kind: 'has_any', facts })),
  fc.uniqueArray(fc.constantFrom(...yesNo), { maxLength: 4 }).map((facts): Condition => ({ kind: 'has_all', facts })),
  fc
    .record({ number: fc.constantFrom(...KINDS), days: fc.constantFrom(1, 2, 28, 29, 365, 366) })
    .map((rest): Condition => ({ kind: 'done_within', record: 'home-visit', ...rest })),
)

/** Conditions over facts and the classes named; joins nest a few levels. */
function conditionOver(classes: readonly string[]): fc.Arbitrary<Condition> {
  const named = classes.map((ref): fc.Arbitrary<Condition> => fc.constant({ kind: 'member_of', class: ref }))
  return fc.letrec<{ any: Condition }>((tie) => {
    const parts = fc.array(tie('any'), { maxLength: 3 })
    return {
      any: fc.oneof(
        { maxDepth: 2, withCrossShrink: true },
        fc.oneof(leaf, ...named),
        parts.map((of): Condition => ({ kind: 'all', of })),
        parts.map((of): Condition => ({ kind: 'any', of })),
        parts.map((of): Condition => ({ kind: 'none', of })),
        fc.tuple(fc.integer({ min: 1, max: 3 }), parts).map(([n, of]): Condition => ({ kind: 'at_least_n_of', n, of })),
      ),
    }
  }).any
}

/** Twelve classes in three layers, each naming only the layer before: inlined text stays of a real pack's size. */
const rules: fc.Arbitrary<readonly Pick<ClassRule, 'ref' | 'when'>[]> = fc
  .tuple(
    ...Array.from({ length: 12 }, (_, index) => conditionOver(index < 4 ? [] : refsOfLayer(Math.floor(index / 4) - 1))),
  )
  .map((conditions) => conditions.map((when, index) => ({ ref: `t/${index}`, when })))

function refsOfLayer(layer: number): readonly string[] {
  return [0, 1, 2, 3].map((at) => `t/${layer * 4 + at}`)
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2, nil: null })

const student: fc.Arbitrary<Subject> = fc
  .tuple(
    fc.record(
      Object.fromEntries(readableFacts.filter((fact) => !fact.roster).map((fact) => [fact.ref, maybe(valueFor(fact))])),
    ),
    fc.record({
      stage: fc.integer({ min: 1, max: 9 }),
      grade: maybe(fc.integer({ min: 1, max: 9 })),
      sex: maybe(fc.constantFrom(1, 2)),
      birth_date: maybe(days),
      entered_on: maybe(days),
    }),
    fc.array(fc.record({ kind: fc.constantFrom(...KINDS), on: days }), { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([facts, roster, acts, empty]) => ({ facts: empty ? {} : facts, roster, acts }))

interface Case {
  readonly rules: readonly Pick<ClassRule, 'ref' | 'when'>[]
  readonly students: readonly Subject[]
  readonly urban: number | null
  readonly date: string
  readonly zone: string
}

// Random acts seldom fall on the very day on which they stop counting: every other student is given one there.
const withActsAtEdges = (one: Case): Case => {
  const asked = one.rules.flatMap(({ when }) => within(when)).find(({ kind }) => kind === 'done_within')
  if (asked?.kind !== 'done_within') return one
  const { number, days: span } = asked
  const students = one.students.map((subject, index): Subject => {
    const on = addDays(one.date, index % 2 === 0 ? 1 - span : -span)
    return index % 3 === 2 ? subject : { ...subject, acts: [{ kind: number, on }] }
  })
  return { ...one, students }
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    rules,
    students: fc.array(student, { minLength: 1, maxLength: 30 }),
    urban: maybe(fc.constantFrom(1, 2, 3)),
    date: days,
    zone: fc.constantFrom('UTC', 'Asia/Shanghai', 'America/Los_Angeles'),
  })
  .map(withActsAtEdges)

describe('evaluate and toSql', () => {
  let database: TestDatabase
  let client: Client
  const seen: Record<Answer, number> = { met: 0, 'not met': 0, unknown: 0 }
  const edges = new Map<string, number>()

  beforeAll(async () => {
    database = await freshDatabase()
    client = new Client({ connectionString: database.ownerUrl })
    await client.connect()
    // Thirty rows are not worth compiling for.
    await client.query('set jit to off')
    // Same columns and types as the real tables, found first by name, without what a whole county would have to fill.
    for (const table of tables)
      await client.query(`create temp table ${table} as select * from public.${table} with no data`)
  })
  afterAll(async () => {
    await client?.end()
    await database?.drop()
  })

  it(`answer alike, unknowns included, for random rules and students (SEED=${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        for (const edge of edgesOf(one)) edges.set(edge, (edges.get(edge) ?? 0) + 1)
        await store(client, one)
        const bySql = await answersBySql(client, one)
        expect(bySql).toEqual(answersByEvaluate(one, seen))
      }),
      { seed, numRuns: 100 },
    )
    // A run in which an answer never comes up would prove nothing about it.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(1000)
    for (const edge of wantedEdges) expect(edges.get(edge) ?? 0, edge).toBeGreaterThan(2)
  })
})

// The whole vocabulary, spelled out so that a new word must be put here too.
const kinds: Readonly<Record<ConditionKind, true>> = {
  is: true,
  in: true,
  at_least: true,
  at_most: true,
  between: true,
  known: true,
  has_any: true,
  has_all: true,
  member_of: true,
  done_within: true,
  all: true,
  any: true,
  none: true,
  at_least_n_of: true,
}
const conditionKinds = Object.keys(kinds)

// What must have come up for the run to say anything about it.
const wantedEdges = [
  'a leap day of birth judged in a common year',
  'a leap day of today',
  'the first or last day of a term',
  'an act on the last day that counts',
  'an act one day too early',
  'nothing known at all',
  'a null between known facts',
  'an empty list of conditions',
  'an empty list of values',
  'an empty list of facts',
  'from after to',
  'more asked than there are',
  ...conditionKinds.map((kind) => `a condition of the kind ${kind}`),
]
const termEdges = [
  '2025-01-20',
  '2025-01-31',
  '2025-02-14',
  '2025-02-15',
  '2025-07-05',
  '2025-07-06',
  '2025-08-31',
  '2025-09-01',
]

const within = (condition: Condition): readonly Condition[] =>
  'of' in condition ? [condition, ...condition.of.flatMap(within)] : [condition]

function* edgesOf({ rules, students, date }: Case): Generator<string> {
  const isLeap = Number(date.slice(0, 4)) % 4 === 0
  if (date.endsWith('-02-29')) yield 'a leap day of today'
  if (termEdges.includes(date)) yield 'the first or last day of a term'
  const conditions = rules.flatMap(({ when }) => within(when))
  for (const { facts, roster, acts } of students) {
    if (!isLeap && roster.birth_date?.endsWith('-02-29')) yield 'a leap day of birth judged in a common year'
    const values = Object.values(facts)
    if (values.length === 0) yield 'nothing known at all'
    if (values.includes(null) && values.some((value) => value !== null)) yield 'a null between known facts'
    for (const condition of conditions)
      if (condition.kind === 'done_within')
        for (const { kind, on } of acts ?? []) {
          if (kind !== condition.number) continue
          if (on === addDays(date, 1 - condition.days)) yield 'an act on the last day that counts'
          if (on === addDays(date, -condition.days)) yield 'an act one day too early'
        }
  }
  for (const condition of conditions) {
    yield `a condition of the kind ${condition.kind}`
    if ('of' in condition && condition.of.length === 0) yield 'an empty list of conditions'
    if (condition.kind === 'in' && condition.values.length === 0) yield 'an empty list of values'
    if ('facts' in condition && condition.facts.length === 0) yield 'an empty list of facts'
    if (condition.kind === 'between' && condition.from > condition.to) yield 'from after to'
    if (condition.kind === 'at_least_n_of' && condition.n > condition.of.length) yield 'more asked than there are'
  }
}

async function store(client: Client, { students, urban }: Case): Promise<void> {
  await client.query(
    `truncate students, units, record_subjects, ${domains.map((domain) => `facts_${domain}`).join(', ')}`,
  )
  await client.query('insert into units (id, urban) values ($1, $2)', [school, urban])
  const put = (table: string, columns: readonly string[], rows: readonly object[]) =>
    client.query(
      `insert into ${table} (${columns.join(', ')}) select ${columns.join(', ')} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  const key = (index: number) => ({ school_id: school, student_id: idOf(index) })
  await put(
    'students',
    ['school_id', 'id', 'stage', 'grade', 'sex', 'birth_date', 'entered_on'],
    students.map(({ roster }, index) => ({ school_id: school, id: idOf(index), ...roster })),
  )
  await put(
    'record_subjects',
    ['school_id', 'student_id', 'kind', 'act_date', 'current'],
    students.flatMap(({ acts }, index) => [
      ...(acts ?? []).map((act) => ({ ...key(index), kind: act.kind, act_date: act.on, current: true })),
      // A corrected record never counts.
      { ...key(index), kind: 1, act_date: '2026-01-31', current: false },
    ]),
  )
  for (const domain of domains) {
    const columns = readableFacts.filter((fact) => !fact.roster && fact.domain === domain).map((fact) => fact.ref)
    const rows = students.flatMap(({ facts }, index) =>
      Object.keys(facts).length === 0 ? [] : [{ ...key(index), ...facts }],
    )
    await put(`facts_${domain}`, ['school_id', 'student_id', ...columns], rows)
  }
}

const idOf = (index: number) => `00000000-0000-7000-8000-${String(index + 100).padStart(12, '0')}`

async function answersBySql(client: Client, { rules, date, zone }: Case): Promise<Record<string, Answer[]>> {
  const who = rules.map((rule) => rule as ClassRule)
  const inForce: RulesInForce = { date, who, duties: [], records: [], flows: [], counts: [], guards: [] }
  const numbered = rules.map((rule, index) => ({ rule, number: index + 1 }))
  const options = { rules: inForce, date: '$1::date' }
  const inside = classificationSql(numbered, {
    ...options,
    where: `s.school_id = $2::uuid`,
    schools: 'array[$2::uuid]',
  }).text
  const outside = `select * from (${classificationSql(numbered, options).text}) c where c.school_id = $2::uuid`
  await client.query(`set timezone to '${zone}'`)
  const [first, second] = [await read(inside), await read(outside)]
  expect(second).toEqual(first)
  return first

  async function read(text: string) {
    const { rows } = await client.query<{ student_id: string; yes: number[]; unknown: number[] }>(text, [date, school])
    const answer = (row: (typeof rows)[number], number: number): Answer =>
      row.yes.includes(number) ? 'met' : row.unknown.includes(number) ? 'unknown' : 'not met'
    return Object.fromEntries(rows.map((row) => [row.student_id, numbered.map(({ number }) => answer(row, number))]))
  }
}

function answersByEvaluate(
  { rules, students, urban, date }: Case,
  seen: Record<Answer, number>,
): Record<string, Answer[]> {
  const conditions = new Map(rules.map((rule) => [rule.ref, rule.when]))
  return Object.fromEntries(
    students.map((subject, index) => {
      const whole: Subject = { ...subject, roster: { ...subject.roster, urban } }
      const answers = rules.map(({ when }) => {
        const { answer, missing } = evaluate(when, whole, date, (ref) => conditions.get(ref))
        expect(missing.length > 0).toBe(answer === 'unknown')
        seen[answer]++
        return answer
      })
      return [idOf(index), answers]
    }),
  )
}
