import pg from 'pg'
import { sql } from '#server/platform'
import { reclassify } from '#server/policies'
import { openPolicyGround } from './policy-ground.ts'
import { median, processorOf, type Spent } from './processor.ts'

interface Child {
  readonly schoolId: string
  readonly id: string
}

const changes = 60
const rounds = 5
const most = 2
const [hard, none] = [1, 3]

/** Rows that one change of level writes, read off the tables before and after it. */
interface Written {
  readonly rules: number[]
  readonly secrecies: number[]
  readonly yes: { readonly in: number[]; readonly out: number[] }
  readonly unknown: number[]
  readonly figures: { measure: number; period: string; split: number; met: number; reviewed: number }[]
}

const standingOf = async (owner: pg.Client, child: Child) => {
  const key = [child.schoolId, child.id]
  const spells = await owner.query<{ rule: number; secrecy: number }>(
    'select rule, secrecy from class_spells where school_id = $1 and student_id = $2 and until is null order by rule',
    key,
  )
  const standing = await owner.query<{ yes: number[]; unknown: number[] }>(
    'select yes, unknown from classified where school_id = $1 and student_id = $2',
    key,
  )
  const sums = await owner.query<{
    measure: number
    period: string
    split: number
    need: number
    met: number
    reviewed: number
  }>('select measure, period, split, need, met, reviewed from sums where school_id = $1', [child.schoolId])
  return { spells: spells.rows, ...(standing.rows[0] ?? { yes: [], unknown: [] }), sums: sums.rows }
}

const written = async (owner: pg.Client, child: Child, flip: (level: number) => Promise<void>): Promise<Written> => {
  await flip(none)
  const out = await standingOf(owner, child)
  await flip(hard)
  const within = await standingOf(owner, child)
  const entered = within.spells.filter(({ rule }) => !out.spells.some((one) => one.rule === rule))
  const figures = within.sums.flatMap((figure) => {
    const before = out.sums.find(
      ({ measure, period, split }) => measure === figure.measure && period === figure.period && split === figure.split,
    )
    if (before?.need === figure.need) return []
    return [{ ...figure, met: figure.met - (before?.met ?? 0), reviewed: figure.reviewed - (before?.reviewed ?? 0) }]
  })
  return {
    rules: entered.map(({ rule }) => rule),
    secrecies: entered.map(({ secrecy }) => secrecy),
    yes: { in: within.yes, out: out.yes },
    unknown: within.unknown,
    figures,
  }
}

// The same rows by hand: the fact, the spells, the arrays, the figures.
const bareChange = (client: pg.Client, child: Child, rows: Written, on: string) => {
  const ask = (name: string, text: string, values: unknown[]) => client.query({ name, text, values })
  const key = [child.schoolId, child.id]
  const { figures } = rows
  return async (level: number): Promise<void> => {
    const enters = level === hard
    await client.query('begin')
    await ask('fact', 'update facts_family set hardship_level = $3 where school_id = $1 and student_id = $2', [
      ...key,
      level,
    ])
    if (enters)
      await ask(
        'enter',
        `insert into class_spells (school_id, student_id, rule, since, scope, secrecy)
          select s.school_id, s.id, r.rule, $5, s.scope, r.secrecy from students s, unnest($3::int[], $4::smallint[]) r(rule, secrecy)
          where s.school_id = $1 and s.id = $2 on conflict (school_id, student_id, rule, since) do update set until = null`,
        [...key, rows.rules, rows.secrecies, on],
      )
    else
      await ask(
        'leave',
        'delete from class_spells where school_id = $1 and student_id = $2 and rule = any($3) and until is null',
        [...key, rows.rules],
      )
    await ask(
      'arrays',
      'update classified set yes = $3, unknown = $4, as_of = $5 where school_id = $1 and student_id = $2',
      [...key, enters ? rows.yes.in : rows.yes.out, rows.unknown, on],
    )
    await ask(
      'sums',
      `update sums f set need = f.need + d.need, met = f.met + d.met, reviewed = f.reviewed + d.reviewed
        from unnest($2::int[], $3::date[], $4::int[], $5::int[], $6::int[], $7::int[]) d(measure, period, split, need, met, reviewed)
        where f.school_id = $1 and f.measure = d.measure and f.period = d.period and f.split = d.split`,
      [
        child.schoolId,
        figures.map(({ measure }) => measure),
        figures.map(({ period }) => period),
        figures.map(({ split }) => split),
        figures.map(() => (enters ? 1 : -1)),
        figures.map(({ met }) => (enters ? met : -met)),
        figures.map(({ reviewed }) => (enters ? reviewed : -reviewed)),
      ],
    )
    await client.query('commit')
  }
}

const spend = async (pid: number, work: () => Promise<void>): Promise<Spent> => {
  const used = () => processorOf(pid) + process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6
  const [began, before] = [performance.now(), used()]
  await work()
  return { clock: (performance.now() - began) / 1000, processor: used() - before }
}

// Schools all over the province, the same ones each time.
const inOrderOfChance = (ids: readonly string[]): readonly string[] =>
  ids.toSorted((a, b) => (a.slice(-12) < b.slice(-12) ? -1 : 1))

/**
 * One student's level changes: classes, duties and figures follow in the same transaction, beside the bare statements
 * that write the same rows in a transaction of their own; under twelve packs, among so many students.
 */
export const benchOneStudent = async (students: number, say: (line: string) => void): Promise<void> => {
  const bench = await openPolicyGround(students, say)
  const { owner, program, ground } = bench
  const bare = new pg.Client({ connectionString: ground.urls.ownerUrl })
  await bare.connect()
  try {
    const { services, registry } = program
    const on = services.today()
    const change = (child: Child) => (level: number) =>
      services.door.asJob('importer', async (db) => {
        await db.change(
          sql`update facts_family set hardship_level = ${level} where school_id = ${child.schoolId} and student_id = ${child.id}`,
        )
        await reclassify(
          db,
          { registry, events: services.events },
          { schoolIds: [child.schoolId], studentIds: [child.id], on, back: 'importer' },
        )
      })
    const { rows: children } = await owner.query<Child>(
      `select school_id as "schoolId", (array_agg(id order by id))[1] as id from students
        where school_id = any($1::uuid[]) group by school_id`,
      [inOrderOfChance(bench.schools.map(({ id }) => id)).slice(0, changes)],
    )
    const rows: Written[] = []
    for (const child of children) rows.push(await written(owner, child, change(child)))
    const figures = rows.reduce((sum, row) => sum + row.figures.length, 0) / rows.length
    const ours = children.map(change)
    const floor = children.map((child, n) => bareChange(bare, child, rows[n] as Written, on))
    const pidOf = async (ask: () => Promise<{ pid: number } | undefined>) => (await ask())?.pid ?? 0
    const oursPid = await pidOf(() =>
      services.door.asJob('importer', (db) => db.first(sql`select pg_backend_pid() as pid`)),
    )
    const barePid = await pidOf(async () => (await bare.query('select pg_backend_pid() as pid')).rows[0])
    const all = (them: readonly ((level: number) => Promise<void>)[]) => async () => {
      for (const level of [none, hard, none, hard]) for (const one of them) await one(level)
    }
    const taken: { ours: Spent; floor: Spent }[] = []
    await all(floor)()
    for (let round = 0; round < rounds; round++)
      taken.push({ ours: await spend(oursPid, all(ours)), floor: await spend(barePid, all(floor)) })
    const each = (of: (one: (typeof taken)[number]) => number) =>
      ((median(taken.map(of)) / (4 * children.length)) * 1000).toFixed(2)
    const times = (of: (spent: Spent) => number) => median(taken.map((one) => of(one.ours) / of(one.floor))).toFixed(2)
    say(
      `one      ${students} students, ${bench.packs} packs, ${bench.rules} rules: ours ${each((one) => one.ours.clock)} ms (processor ${each((one) => one.ours.processor)}), floor ${each((one) => one.floor.clock)} ms (${each((one) => one.floor.processor)}); ` +
        `${times(({ clock }) => clock)} × by the clock, ${times(({ processor }) => processor)} × by processor (at most ${most})  ` +
        `floor: the same rows by bare statements (${rows[0]?.rules.length} spells, ${figures.toFixed(0)} figures)`,
    )
  } finally {
    await bare.end()
    await bench.close()
  }
}
