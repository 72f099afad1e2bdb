import { uuidv7 } from 'uuidv7'
import { openBenchGround } from './bench-data.ts'
import { benchCounty, benchCoverage } from './county-page.ts'
import { benchFlows } from './flows.ts'
import { benchImport } from './import.ts'
import { against, startServer, type Target } from './measure.ts'
import { benchOneStudent } from './one-student.ts'
import { benchStart } from './start.ts'

const students = Number(process.env.BENCH_STUDENTS ?? 100_000)
const only = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const percent = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`

const isAsked = (...names: readonly string[]): boolean => only.length === 0 || names.some((name) => only.includes(name))

// These bring data of their own.
if (isAsked('start', 'idle')) await benchStart(say, (name) => isAsked(name))
if (isAsked('import')) await benchImport(students, say)
if (isAsked('export', 'coverage')) await benchCounty(Number(process.env.BENCH_COUNTY_STUDENTS ?? 1_000_000), only, say)
if (isAsked('classify')) await import('./classify.ts')
if (isAsked('one')) await benchOneStudent(students, say)
if (only.includes('september')) await import('./september.ts')
if (!isAsked('list', 'file', 'record', 'explain', 'coverage', 'inbox', 'bulk')) process.exit()

const bench = await openBenchGround(students, say)
const { keys } = bench.ground.folder
const ours = await startServer('our-server.ts', {
  APP_URL: bench.ground.urls.appUrl,
  WORKER_URL: bench.ground.urls.workerUrl,
  ENCRYPTION_KEY: keys.encryptionKey.toString('hex'),
  INDEX_KEY: keys.blindIndexKey.toString('hex'),
  FILES_FOLDER: bench.ground.filesFolder,
})
const bare = await startServer('bare-server.ts', { BARE_URL: bench.ground.urls.ownerUrl })
const day = new Date().toISOString().slice(0, 10)
const { rows: hardship } = await bench.owner.query<{ number: number }>(
  `select number from policy_rules where kind = 'class' and key = 'national/hardship'`,
)
const children = bench.classes.flatMap((one) => one.studentIds.slice(0, 10).map((studentId) => ({ ...one, studentId })))

const figures: Record<string, { floor: string; least: number; ours: Target; bare: Target }> = {
  list: {
    floor: "a class's students by name, one named statement",
    least: 0.6,
    ours: {
      address: ours.address,
      requests: bench.classes.map((one) => ({
        method: 'GET',
        path: `/api/students?unit=${one.unitId}`,
        headers: { cookie: one.cookie },
      })),
    },
    bare: {
      address: bare.address,
      requests: bench.classes.map((one) => ({ method: 'GET', path: `/list?scope=${encodeURIComponent(one.scope)}` })),
    },
  },
  file: {
    floor: 'one student with facts, classes, twenty newest records, one named statement',
    least: 0.45,
    ours: {
      address: ours.address,
      requests: children.map((one) => ({
        method: 'GET',
        path: `/api/schools/${one.schoolId}/students/${one.studentId}`,
        headers: { cookie: one.cookie },
      })),
    },
    bare: {
      address: bare.address,
      requests: children.map((one) => ({ method: 'GET', path: `/file/${one.schoolId}/${one.studentId}` })),
    },
  },
  explain: {
    floor: 'our list of a class: why is asked beside it',
    least: 0.5,
    ours: {
      address: ours.address,
      requests: children.map((one) => ({
        method: 'GET',
        path: `/api/schools/${one.schoolId}/students/${one.studentId}/why/${hardship[0]?.number}`,
        headers: { cookie: one.cookie },
      })),
    },
    bare: {
      address: ours.address,
      requests: bench.classes.map((one) => ({
        method: 'GET',
        path: `/api/students?unit=${one.unitId}`,
        headers: { cookie: one.cookie },
      })),
    },
  },
  record: {
    floor: 'insert one visit with its subject, one named statement',
    least: 0.4,
    ours: {
      address: ours.address,
      requests: children.map((one) => ({
        method: 'POST',
        path: `/api/schools/${one.schoolId}/records`,
        headers: { cookie: one.cookie, 'content-type': 'application/json', 'x-tongxing': '1' },
        body: () =>
          JSON.stringify({
            id: uuidv7(),
            kind: 1,
            studentIds: [one.studentId],
            actDate: day,
            mode: 1,
            fields: { household_note: '家中情况正常。' },
          }),
      })),
    },
    bare: {
      address: bare.address,
      requests: children.map((one) => ({
        method: 'POST',
        path: '/record',
        headers: { 'content-type': 'application/json' },
        body: () =>
          JSON.stringify({
            school: one.schoolId,
            student: one.studentId,
            scope: one.scope,
            author: one.teacherId,
            date: day,
            text: '家中情况正常。',
          }),
      })),
    },
  },
}

try {
  say(`${students} students, 20 connections; floor and ours in turn in the same run`)
  for (const [name, figure] of Object.entries(figures)) {
    if (!isAsked(name)) continue
    const { ours: mine, floor, ratio } = await against(figure.ours, figure.bare)
    say(
      `${name.padEnd(8)} ours ${mine.toFixed(0)}/s  floor ${floor.toFixed(0)}/s  ${percent(ratio)} (at least ${percent(figure.least)})  floor: ${figure.floor}`,
    )
  }
  if (isAsked('coverage')) await benchCoverage(bench, ours, say)
  if (isAsked('inbox', 'bulk')) await benchFlows(bench, ours, only, say)
} finally {
  ours.process.kill()
  bare.process.kill()
  await bench.owner.end()
  await bench.ground.stop()
}
