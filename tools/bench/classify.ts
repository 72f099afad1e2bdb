import { type ClassRule, classLookup } from '#contract/policies'
import { type Db, openEvents, sql } from '#server/platform'
import { type InForce, previewClasses, reclassify } from '#server/policies'
import { joinsFor, toSql } from '../../server/policies/to-sql/index.ts'
import { openPolicyGround } from './policy-ground.ts'
import { median, processorOf, type Spent } from './processor.ts'

const students = Number(process.env.BENCH_STUDENTS ?? 100_000)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const bench = await openPolicyGround(students, say)
const { owner, schools } = bench
const { registry, services } = bench.program
const day = services.today()
const schoolIds = schools.map(({ id }) => id)
const groups = Map.groupBy(schools, ({ path }) => registry.inForce(path, day))
const inForceHere = [...groups.keys()].map(({ rules }) => rules.who.length)

/**
 * Middle of some rounds after one that does not count: what is measured has its tables at hand, the floor as well as
 * ours. No helpers: one process alone, by the clock and by its processor time.
 */
const spend = async (
  work: (db: Db) => Promise<unknown>,
  before: () => Promise<unknown> = async () => {},
): Promise<Spent> => {
  const taken: Spent[] = []
  for (let round = 0; round <= rounds; round++) {
    await before()
    await services.door.asJob('classifier', async (db) => {
      await db.change(sql`select set_config('statement_timeout', '0', true),
        set_config('max_parallel_workers_per_gather', '0', true)`)
      const own = await db.first<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      const [began, used] = [performance.now(), processorOf(own?.pid ?? 0)]
      await work(db)
      if (round > 0)
        taken.push({ clock: (performance.now() - began) / 1000, processor: processorOf(own?.pid ?? 0) - used })
    })
  }
  return { clock: median(taken.map(({ clock }) => clock)), processor: median(taken.map(({ processor }) => processor)) }
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
// Nobody listens: what duties and figures add is measured by `one`, and by the nightly work.
const silent = { registry, events: openEvents() }
const classifyAll = (db: Db) => reclassify(db, silent, { schoolIds, on: day, back: 'classifier' })

const perStudent = (seconds: number): string => `${((seconds / students) * 1e6).toFixed(1)} µs`
const line = (name: string, spent: Spent, than: Spent, most: number, note: string): void =>
  say(
    `${name.padEnd(22)} ${spent.clock.toFixed(2)} s, a student ${perStudent(spent.clock)} by the clock, ${perStudent(spent.processor)} by processor  ×${(spent.clock / than.clock).toFixed(2)} by the clock, ×${(spent.processor / than.processor).toFixed(2)} by processor (at most ×${most})  ${note}`,
  )

try {
  say(
    `${students} students, ${bench.packs} packs, ${bench.rules} rules, ${Math.min(...inForceHere)}–${widest} classes in force at a unit, ${groups.size} sets of rules, ${rounds} rounds after one that does not count`,
  )
  const bottom = await spend(floor)
  line('floor', bottom, bottom, 1, 'the same conditions as one bare count and one table made of the answers')
  const judging = await spend(classifyAll)
  line('judging', judging, bottom, 1.5, 'every class of every student, compared with how it stood')
  await owner.query('vacuum analyze facts_family, classified, class_spells')
  line('with diff and spells', await spend(classifyAll, changeSome), bottom, 3, 'one student in a hundred changed')
  const root = { unitPath: 'a.', issuer: 'made-1', version: '1.0.0', from: day, until: null, parents: [] }
  const looked = await spend((db) => previewClasses(db, registry, { schools, adoption: root, on: day }))
  line('preview', looked, judging, 1.2, 'a pack adopted for everybody, against a classification')
} finally {
  await bench.close()
}
