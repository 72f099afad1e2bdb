import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { type ClassRule, classLookup } from '#contract/policies'
import { type Db, openDoor, openEvents, openPool, sql } from '#server/platform'
import { type InForce, openRegistry, previewClasses, reclassify } from '#server/policies'
import { openGround } from '../../server/ground.ts'
import { joinsFor, toSql } from '../../server/policies/to-sql/index.ts'
import { fillProvince } from '../demo/fill-province.ts'
import { makePacks } from './made-packs.ts'
import { median, processorOf, type Spent } from './processor.ts'

const students = Number(process.env.BENCH_STUDENTS ?? 100_000)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
// On a machine that others use, helpers tell nothing: one process alone, by its processor time.
const onlyAlone = process.env.BENCH_ALONE === '1'
const day = '2025-11-20'
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const ground = await openGround(
  {
    ...process.env,
    DATA_DIR: process.env.BENCH_CLASSIFY_DIR ?? join(import.meta.dirname, `../../.cache/bench-classify-${students}`),
  },
  pino({ level: 'error' }),
)
const owner = new pg.Client({ connectionString: ground.urls.ownerUrl })
await owner.connect()
await owner.query('set statement_timeout = 0')
const packs = makePacks(12, 35, 25)

const fill = async (): Promise<void> => {
  const { rows } = await owner.query<{ many: number }>('select count(*)::int as many from students')
  if (rows[0]?.many !== students)
    await fillProvince(owner, { students, visits: 10, perSchool: 500, seed: 7, sealed: Buffer.alloc(8), say: () => {} })
  const adopted = await owner.query(`select 1 from pack_adoptions where issuer = 'made-0'`)
  if (adopted.rowCount) return
  const units = await owner.query<{ id: string; path: string; kind: string }>(
    `select id, path, kind from units where kind in ('province', 'county') order by path`,
  )
  for (const [index, unit] of units.rows.entries())
    await owner.query(
      'insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date) values ($1, $2, $3, $4, $5, $6)',
      [
        uuidv7(),
        unit.id,
        unit.path,
        unit.kind === 'province' ? 'made-0' : `made-${(index % 11) + 1}`,
        '1.0.0',
        '2020-09-01',
      ],
    )
  await owner.query('vacuum analyze')
}
await fill()

const pool = openPool(ground.urls.workerUrl, 3, () => {})
const door = openDoor(pool, pool, async (actor) => actor)
const registry = await openRegistry(door, packs)
const events = openEvents()
const schools = (
  await owner.query<{ id: string; path: string }>('select id, path from units where school_id = id order by path')
).rows
const schoolIds = schools.map(({ id }) => id)
const groups = Map.groupBy(schools, ({ path }) => registry.inForce(path, day))
const inForceHere = [...groups.keys()].map(({ rules }) => rules.who.length)

/** Time by the clock with helpers allowed, and processor time without: the machine is shared, the second is steadier. */
const spend = async (
  work: (db: Db) => Promise<unknown>,
  before: () => Promise<unknown> = async () => {},
): Promise<Spent> => {
  const clocks: number[] = []
  const processors: number[] = []
  for (let round = 0; round < rounds * (onlyAlone ? 1 : 2); round++) {
    const alone = onlyAlone || round % 2 === 1
    await before()
    await door.asJob('classifier', async (db) => {
      await db.change(sql`select set_config('statement_timeout', '0', true), set_config('jit', 'off', true),
        set_config('max_parallel_workers_per_gather', ${alone ? '0' : '2'}, true)`)
      const own = await db.first<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      const [began, used] = [performance.now(), processorOf(own?.pid ?? 0)]
      await work(db)
      if (alone) processors.push(processorOf(own?.pid ?? 0) - used)
      if (onlyAlone || !alone) clocks.push((performance.now() - began) / 1000)
    })
  }
  return { clock: median(clocks), processor: median(processors) }
}

const compiled = (inForce: InForce) =>
  inForce.rules.who.map((rule: ClassRule) =>
    toSql(rule.when, { date: `date '${day}'`, classes: classLookup(inForce.rules) }),
  )

const bare = (columns: (texts: readonly string[]) => string): string =>
  [...groups]
    .map(([inForce, some], index) => {
      const parts = compiled(inForce)
      const facts = new Set(parts.flatMap((one) => [...one.facts]))
      return `(select ${columns(parts.map(({ text }) => text))} from students s ${joinsFor(facts)} where s.school_id = any($${index + 1}::uuid[]) and s.status = 1 /* ${some.length} */)`
    })
    .join('\nunion all ')
const groupIds = [...groups.values()].map((some) => some.map(({ id }) => id))
// Groups have different rules; missing columns are filled so that one statement holds them.
const widest = Math.max(...inForceHere)
const padded = (texts: readonly string[], of: (text: string, n: number) => string, none: string) =>
  Array.from({ length: widest }, (_, n) => (texts[n] === undefined ? none : of(texts[n], n))).join(', ')
const counting = bare((texts) => padded(texts, (text, n) => `count(*) filter (where ${text}) as c${n}`, '0'))
const writing = bare((texts) => `s.school_id, s.id, ${padded(texts, (text, n) => `${text} as c${n}`, 'null::boolean')}`)

const floor = async (db: Db): Promise<void> => {
  await db.rows({ text: counting, values: groupIds })
  await db.change({ text: `create unlogged table working.floor as ${writing}`, values: groupIds })
  await db.change({ text: 'drop table working.floor' })
}

// One in a hundred changes level, and back again: the classes that ask for it move.
const changeSome = async (): Promise<void> => {
  await owner.query(
    `update facts_family set hardship_level = case when coalesce(hardship_level, 3) = 3 then 1 else 3 end where abs(hashtext(student_id::text)) % 100 = 0`,
  )
}
const classifyAll = (db: Db) => reclassify(db, { registry, events }, { schoolIds, on: day, back: 'classifier' })
const judgeOnly = async (db: Db): Promise<void> => {
  const { classificationSql } = await import('../../server/policies/to-sql/index.ts')
  const text = [...groups.keys()]
    .map((inForce, index) => {
      const rules = inForce.rules.who.map((rule) => ({ rule, number: inForce.classNumber(rule.ref) }))
      const where = `s.school_id = any($${index + 1}::uuid[]) and s.status = 1`
      return `(${classificationSql(rules, { rules: inForce.rules, date: `date '${day}'`, where }).text})`
    })
    .join('\nunion all ')
  await db.change({ text: `create unlogged table working.judged as ${text}`, values: groupIds })
  await db.change({ text: 'drop table working.judged' })
}

const perStudent = ({ processor }: Spent): string => `${((processor / students) * 1e6).toFixed(1)} µs a student`
const line = (name: string, spent: Spent, than: Spent, most: number, note: string): void =>
  say(
    `${name.padEnd(22)} ${spent.clock.toFixed(2)} s  processor ${spent.processor.toFixed(2)} s (${perStudent(spent)})  ×${(spent.clock / than.clock).toFixed(2)} by the clock, ×${(spent.processor / than.processor).toFixed(2)} by processor (at most ×${most})  ${note}`,
  )

try {
  say(
    `${students} students, ${packs.length} packs, ${packs.flatMap((pack) => pack.rules).length} rules, ${Math.min(...inForceHere)}–${widest} in force at a unit, ${groups.size} sets of rules, ${rounds} rounds`,
  )
  const judged = await owner.query<{ many: number }>('select count(*)::int as many from classified')
  if (judged.rows[0]?.many !== students) {
    await door.asJob('classifier', async (db) => {
      await db.change(sql`select set_config('statement_timeout', '0', true)`)
      await classifyAll(db)
    })
    await owner.query('vacuum analyze classified, class_spells')
  }
  const bottom = await spend(floor)
  line('floor', bottom, bottom, 1, 'the same conditions as one bare count and one table made of the answers')
  line('judging', await spend(judgeOnly), bottom, 1.5, 'every class of every student')
  const whole = await spend(classifyAll, changeSome)
  line('with diff and spells', whole, bottom, 3, 'one student in a hundred changed')
  const unit = schools[0]
  const root = { unitPath: 'a.', issuer: 'made-1', version: '1.0.0', from: day, until: null, parents: [] }
  if (unit) {
    const looked = await spend((db) => previewClasses(db, registry, { schools, adoption: root, on: day }))
    line('preview', looked, whole, 1.2, 'a pack adopted for everybody, against a classification')
  }
} finally {
  await owner.end()
  await pool.end()
  await ground.stop()
}
