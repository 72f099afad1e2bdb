import { randomBytes } from 'node:crypto'
import { cpus } from 'node:os'
import { uuidv7 } from 'uuidv7'
import { startServer } from './measure.ts'
import { atRate, openSender, percentile } from './open-loop.ts'
import { databaseSeconds, processorOf } from './processor.ts'
import { type Family, openSeptember, septemberSchools } from './september-ground.ts'

/** 600 applications an hour at each of 200 schools. */
const perSecond = (600 / 3600) * septemberSchools
const seconds = Number(process.env.SEPTEMBER_SECONDS ?? 60)
const times = (process.env.SEPTEMBER_TIMES ?? '1,2').split(',').map(Number)
/** A class sits as soon as so many of its families have applied, three to seven, not every school in the same second. */
const perSitting = ({ schoolId }: Family): number => 3 + (Number.parseInt(schoolId.slice(-4), 16) % 5)
/** Somebody enters one ballot after another; far faster than a hand. */
const betweenBallots = 200
const seats = 5

const first = { full_name: '甲', household_size: 4, guardian_mobile: '13800000001', home_address: '柳堡镇二组 12 号' }
const second = {
  ...first,
  member1_name: '乙',
  member1_relation: 52,
  member1_age: 41,
  member1_income: 1_200_000,
  member2_name: '丙',
  member2_relation: 62,
  special_groups: [6],
}
const whole = {
  ...second,
  per_capita_income: 480_000,
  home_urban: 1,
  parents: 3,
  other_desc: '父亲外出务工,一直没有寄钱回来,由外婆照看。',
  promise: true,
}
// What a finger leaves on a phone: some kilobytes of PNG.
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const signature = (): Buffer => Buffer.concat([png, randomBytes(6_000)])

type Send = ReturnType<typeof openSender>['send']

/** One family: draft, two pages more, the signature, sent. Answers the case, or undefined when something failed. */
const apply = async (send: Send, { schoolId, studentId, name, cookie }: Family): Promise<string | undefined> => {
  const id = uuidv7()
  const at = `/api/schools/${schoolId}/flow-cases`
  const named = { full_name: name }
  const content = (fields: object) => ({ content: { ...fields, ...named }, version: 1 })
  const opening = { id, flow: 'recognition-round', move: 'save', stepId: uuidv7(), studentId }
  const steps = [
    { kind: 'draft', method: 'POST', path: at, body: { ...opening, content: { ...first, ...named } } },
    { kind: 'page', method: 'PUT', path: `${at}/${id}/content`, body: content(second) },
    { kind: 'page', method: 'PUT', path: `${at}/${id}/content`, body: content(whole) },
    { kind: 'sign', method: 'PUT', path: `${at}/${id}/files/${uuidv7()}?purpose=signature`, body: signature() },
    {
      kind: 'submit',
      method: 'POST',
      path: `${at}/${id}/moves`,
      body: { stepId: uuidv7(), move: 'submit', version: 1 },
    },
  ] as const
  for (const step of steps) if ((await send({ ...step, cookie })).status !== 200) return undefined
  return id
}

/** A class deliberates on what has come: made up, present, one ballot each on each case, closed. */
const sit = async (send: Send, { unitId, teacherId, teacherCookie: cookie }: Family, cases: readonly string[]) => {
  const id = uuidv7()
  const members = Array.from({ length: seats }, (_, nth) => ({
    seat: uuidv7(),
    personId: nth === 0 ? teacherId : null,
    name: `组员${nth + 1}`,
    side: nth < 2 ? 'teacher' : 'parent',
    chair: nth === 0,
  }))
  const post = (kind: string, path: string, body: object) =>
    send({ kind, method: 'POST', path: `/api/panels${path}`, cookie, body })
  await post('convene', '', { id, flow: 'recognition-round', unitId, members })
  await post('present', `/${id}/presence`, { present: members.map(({ seat }) => seat) })
  for (const caseId of cases)
    for (const [nth, { seat }] of members.entries()) {
      await new Promise((resolve) => setTimeout(resolve, betweenBallots))
      await post('vote', `/${id}/cases/${caseId}/votes`, { seat, choice: nth === 4 ? 21 : 22 })
    }
  await post('close', `/${id}/close`, { minutes: '逐件评议,意见一致。' })
}

interface Used {
  readonly server: number
  readonly database: number
  readonly load: number
}

const run = async (times: number, say: (line: string) => void): Promise<void> => {
  const rate = perSecond * times
  const many = Math.round(rate * seconds)
  const { bench, families } = await openSeptember(many, say)
  const { keys } = bench.ground.folder
  const server = await startServer('our-server.ts', {
    APP_URL: bench.ground.urls.appUrl,
    WORKER_URL: bench.ground.urls.workerUrl,
    ENCRYPTION_KEY: keys.encryptionKey.toString('hex'),
    INDEX_KEY: keys.blindIndexKey.toString('hex'),
    FILES_FOLDER: bench.ground.filesFolder,
  })
  const { send, took, failures, close } = openSender(server.address)
  const waiting = new Map<string, string[]>()
  const sittings: Promise<void>[] = []
  const whole: number[] = []
  const used = (): Used => ({
    server: processorOf(server.process.pid ?? 0),
    database: databaseSeconds(bench.ground.folder.path),
    load: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  })
  const [before, began] = [used(), performance.now()]
  try {
    await atRate(rate, many, async (nth) => {
      const [family, started] = [families[nth] as Family, performance.now()]
      const id = await apply(send, family)
      whole.push(performance.now() - started)
      if (!id || !family.judged) return
      const cases = [...(waiting.get(family.unitId) ?? []), id]
      const isFull = cases.length >= perSitting(family)
      waiting.set(family.unitId, isFull ? [] : cases)
      if (isFull) sittings.push(sit(send, family, cases))
    })
    await Promise.all(sittings)
    const clock = (performance.now() - began) / 1000
    const after = used()
    const share = (of: keyof Used) => `${(((after[of] - before[of]) / clock / cpus().length) * 100).toFixed(0)} %`
    const told = (list: readonly number[]) =>
      [0.5, 0.95, 0.99].map((one) => percentile(list, one).toFixed(0)).join(' / ')
    const requests = [...took.values()].reduce((sum, list) => sum + list.length, 0)
    const all = [...took.values()].flat()
    say(
      `september ${times} ×: ${many} applications at ${septemberSchools} schools in ${clock.toFixed(0)} s (${rate.toFixed(1)}/s asked), ${sittings.length} sittings, ${requests} requests (${(requests / clock).toFixed(0)}/s): ${failures.length} errors; p50 / p95 / p99 of a request ${told(all)} ms, of a whole application ${told(whole)} ms; processor: server ${share('server')}, database ${share('database')}, load ${share('load')} of ${cpus().length} cores`,
    )
    for (const [kind, list] of took) say(`  ${kind.padEnd(8)} ${list.length} × ${told(list)} ms`)
    for (const failure of [...new Set(failures)].slice(0, 5)) say(`  ${failure}`)
    const { rows } = await bench.owner.query<{ state: string; n: number }>(
      `select state, count(*)::int as n from flow_cases group by 1 order by 2 desc`,
    )
    say(`  on file: ${rows.map(({ state, n }) => `${state} ${n}`).join(', ')}`)
  } finally {
    close()
    server.process.kill()
    await bench.owner.end()
    await bench.ground.stop()
  }
}

for (const one of times) await run(one, (line) => void process.stdout.write(`${line}\n`))
process.exit()
