import { fork } from 'node:child_process'
import { join } from 'node:path'
import pino from 'pino'
import { rangeOf } from '#contract/organisations'
import { secretsFrom } from '#server/platform'
import { compose } from '../../server/compose.ts'
import type { BenchGround } from './bench-data.ts'
import { openBigCounty } from './big-county.ts'
import { type Child, startServer } from './measure.ts'
import { databaseSeconds, mebibytes, median, memoryOf, processorOf } from './processor.ts'

const coverageNumber = 2
const mostTimes = 3
const mostMemory = 300 * 2 ** 20

interface Side {
  readonly rows: number
  readonly clock: number
  readonly processor: number
  readonly peak: number
}

const county = async ({ ground, owner, county: { unitId } }: BenchGround) => {
  const secrets = secretsFrom(ground.folder.keys.encryptionKey, ground.folder.keys.blindIndexKey)
  const program = await compose({
    ...ground.urls,
    secrets,
    filesFolder: ground.filesFolder,
    log: pino({ level: 'error' }),
    demo: false,
    version: 'bench',
    secure: false,
  })
  const { rows } = await owner.query<{ path: string }>('select path from units where id = $1', [unitId])
  const path = rows[0]?.path ?? ''
  const coverage = program.plans
    .planNow(path)
    .coverages.find(({ number, ended, duties }) => number === coverageNumber && !ended && duties.length === 1)
  await program.close()
  const duty = coverage?.duties[0]
  if (!coverage || !duty) throw new Error('no such coverage in force')
  return { ...rangeOf(path), classRule: coverage.classRule, duty: duty.rule, period: duty.period.startsOn }
}

const bareExport = async (bench: BenchGround): Promise<Side> => {
  const { lo, hi, classRule, duty, period } = await county(bench)
  const before = databaseSeconds(bench.ground.folder.path)
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'export-bare.ts'), {
      env: {
        ...process.env,
        BARE_URL: bench.ground.urls.ownerUrl,
        CLASS: String(classRule),
        DUTY: String(duty),
        PERIOD: period,
        LO: lo,
        HI: hi,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child.once('message', (side: Side) =>
      resolve({ ...side, processor: side.processor + databaseSeconds(bench.ground.folder.path) - before }),
    )
    child.once('exit', (code) => reject(new Error(`the floor ended with ${code}`)))
  })
}

const oursExport = async (bench: BenchGround, server: Child): Promise<Side> => {
  const pid = server.process.pid ?? 0
  const used = () => processorOf(pid) + databaseSeconds(bench.ground.folder.path)
  const [began, before] = [performance.now(), used()]
  const answer = await fetch(
    `${server.address}/api/units/${bench.county.unitId}/coverage/${coverageNumber}/missing.xlsx`,
    { headers: { cookie: bench.county.cookie } },
  )
  if (!answer.ok || !answer.body) throw new Error(`${answer.status} ${await answer.text()}`)
  let bytes = 0
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length
  const clock = (performance.now() - began) / 1000
  return { rows: bytes, clock, processor: used() - before, peak: memoryOf(pid, 'VmHWM') }
}

/** The names missing from a coverage as a workbook, through the endpoint, beside one cursor and the same writer. */
const benchExport = async (bench: BenchGround, server: Child, say: (line: string) => void): Promise<void> => {
  const first = await bareExport(bench)
  const ours = await oursExport(bench, server)
  const second = await bareExport(bench)
  const clock = (first.clock + second.clock) / 2
  const processor = (first.processor + second.processor) / 2
  say(
    `export   ours ${ours.clock.toFixed(1)} s (processor ${ours.processor.toFixed(1)}), floor ${first.clock.toFixed(1)} and ${second.clock.toFixed(1)} s (${processor.toFixed(1)}), ${first.rows} rows; ` +
      `${(ours.clock / clock).toFixed(2)} × by the clock, ${(ours.processor / processor).toFixed(2)} × by processor (at most ${mostTimes}); ` +
      `peak ${mebibytes(ours.peak)} (at most ${mebibytes(mostMemory)}, floor ${mebibytes(first.peak)})  floor: one cursor and the same writer`,
  )
}

interface Asked {
  readonly path: string
  readonly cookie: string
}

const rounds = 5
const connections = 4

/** Milliseconds a request takes: by the clock of each of a few people asking at once, and of processor time. */
const perRequest = async (
  bench: BenchGround,
  server: Child,
  asked: readonly Asked[],
): Promise<{ clock: number; processor: number; bytes: number; rows: number }> => {
  const pid = server.process.pid ?? 0
  const used = () => processorOf(pid) + databaseSeconds(bench.ground.folder.path)
  const waiting = [...asked]
  let [bytes, rows] = [0, 0]
  const [began, before] = [performance.now(), used()]
  const person = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const answer = await fetch(`${server.address}${one.path}`, { headers: { cookie: one.cookie } })
      if (!answer.ok) throw new Error(`${one.path}: ${answer.status}`)
      const text = await answer.text()
      bytes = text.length
      rows = text.split('"unitId"').length - 1
    }
  }
  await Promise.all(Array.from({ length: connections }, person))
  const each = 1000 / asked.length
  return {
    clock: ((performance.now() - began) / 1000) * each * connections,
    processor: (used() - before) * each,
    bytes,
    rows,
  }
}

/** The coverage page of a county, beside our own list of a class. */
export const benchCoverage = async (
  bench: BenchGround,
  server: Child,
  say: (line: string) => void,
  { cookie, unitId } = bench.county,
): Promise<void> => {
  const pages = Array.from({ length: 240 }, () => ({ path: `/api/units/${unitId}/coverage`, cookie }))
  const lists = Array.from({ length: 4 }, () =>
    bench.classes.map((one) => ({ path: `/api/students?unit=${one.unitId}`, cookie: one.cookie })),
  ).flat()
  await perRequest(bench, server, pages)
  await perRequest(bench, server, lists)
  const taken: { page: Awaited<ReturnType<typeof perRequest>>; list: Awaited<ReturnType<typeof perRequest>> }[] = []
  for (let round = 0; round < rounds; round++)
    taken.push({ page: await perRequest(bench, server, pages), list: await perRequest(bench, server, lists) })
  const middle = (of: (one: (typeof taken)[number]) => number) => median(taken.map(of))
  say(
    `coverage of ${taken[0]?.page.rows} schools: ours ${middle(({ page }) => page.clock).toFixed(1)} ms (processor ${middle(({ page }) => page.processor).toFixed(1)}, ${((taken[0]?.page.bytes ?? 0) / 1024).toFixed(0)} KB), ` +
      `list ${middle(({ list }) => list.clock).toFixed(1)} ms (${middle(({ list }) => list.processor).toFixed(1)}); ` +
      `${middle(({ page, list }) => page.clock / list.clock).toFixed(1)} lists by the clock, ${middle(({ page, list }) => page.processor / list.processor).toFixed(1)} by processor (at most ${mostTimes})  floor: our list of a class`,
  )
}

/** What a county's officer asks for, at a county as large as they come. */
export const benchCounty = async (
  students: number,
  only: readonly string[],
  say: (line: string) => void,
): Promise<void> => {
  const bench = await openBigCounty(students, say)
  const { keys } = bench.ground.folder
  const server = await startServer('our-server.ts', {
    APP_URL: bench.ground.urls.appUrl,
    WORKER_URL: bench.ground.urls.workerUrl,
    ENCRYPTION_KEY: keys.encryptionKey.toString('hex'),
    INDEX_KEY: keys.blindIndexKey.toString('hex'),
    FILES_FOLDER: bench.ground.filesFolder,
  })
  try {
    const { rows } = await bench.owner.query<{ schools: number }>(
      'select count(*)::int as schools from units where school_id = id',
    )
    say(`one county of ${students} students in ${rows[0]?.schools} schools`)
    if (only.length === 0 || only.includes('export')) await benchExport(bench, server, say)
    if (only.length === 0 || only.includes('coverage'))
      for (const one of [bench.county, bench.lastCounty]) await benchCoverage(bench, server, say, one)
  } finally {
    server.process.kill()
    await bench.owner.end()
    await bench.ground.stop()
  }
}

if (import.meta.main)
  await benchCounty(Number(process.env.BENCH_COUNTY_STUDENTS ?? 1_000_000), process.argv.slice(2), console.log)
