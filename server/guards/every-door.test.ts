import { Writable } from 'node:stream'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { exportCoverage, exportCoverageOutside, exportMissing, listMissing } from '#contract/counts'
import { moveCase, openCase } from '#contract/flows'
import { doors, listUnknown, type OutwardDoor } from '#contract/policies'
import { getAnnouncement, getApplicationSheet } from '#contract/recognition'
import { countStudents, explainClass, listStudents } from '#contract/students'
import { sendMessage } from '#server/messages'
import { channelsFrom } from '../messages/channels/channels-from.ts'
import { deliverDue } from '../messages/deliver.ts'
import { spreadOrders } from '../messages/spread.ts'
import { openStubGateway } from '../messages/stub-gateway.ts'
import { buildServer, serve } from '../platform/index.ts'
import { readWorkbook } from '../platform/spreadsheets/index.ts'
import { addGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { wordsWithheld } from './words-withheld.ts'

/** A child on the key list, and every way by which that could reach somebody: tried, refused and on file, beside a control. */
let world: World
let gateway: Awaited<ReturnType<typeof openStubGateway>>
let child: Child
let officer: Someone
let principal: Someone
let teacher: Someone
let stranger: Someone
let keyClass: number
let listing: string
const logged: string[] = []

beforeAll(async () => {
  const keep = new Writable({
    write(line, _, done) {
      logged.push(String(line))
      done()
    },
  })
  world = await openWorld('2025-11-20', { log: pino({ level: 'debug' }, keep) })
  gateway = await openStubGateway()
  const { units } = world
  child = await world.child(units.classA1, '独孤明', { protection: { key_student: true } })
  await world.child(units.classA1, '独孤亮', { protection: { key_student: true } })
  await world.classify(units.schoolA)
  officer = await world.someone('school-aid-officer', units.schoolA)
  principal = await world.someone('principal', units.schoolA)
  teacher = await world.someone('class-teacher', units.classA1)
  stranger = await world.someone('teacher', units.schoolA)
  await addGuardian(world, child)
  await world.owner.query('insert into people_contacts (person_id, scope, mobile_cipher) values ($1, $2, $3)', [
    officer.personId,
    units.schoolA.path,
    world.program.services.secrets.seal('13511112222'),
  ])
  const { rows } = await world.owner.query<{ number: number }>(
    `select number from policy_rules where kind = 'class' and key = 'jiangsu/key-student'`,
  )
  keyClass = rows[0]?.number ?? 0
  listing = uuidv7()
  const opened = await world.call(teacher, openCase, {
    params: { schoolId: child.schoolId },
    body: {
      id: listing,
      flow: 'care-listing',
      move: 'request',
      stepId: uuidv7(),
      studentId: child.id,
      content: { facts: '常独自哭泣', care: '每周谈心' },
    },
  })
  expect(opened.status).toBe(200)
})
afterAll(async () => {
  await world.close()
  await gateway.close()
})

const onFile = async (code: string): Promise<number> =>
  (await world.owner.query(`select 1 from audit_entries where outcome = 'refused' and detail->>'code' = $1`, [code]))
    .rowCount ?? 0

// Refused with the code of its door, said in words, and the attempt is on file.
const refuses = async (code: string, act: () => Promise<{ status: number; bytes: Buffer }>): Promise<void> => {
  const before = await onFile(code)
  const { status, bytes } = await act()
  expect([status, bytes.toString().includes(`"${code}"`)]).toEqual([403, true])
  expect(await onFile(code)).toBe(before + 1)
}

const byClass =
  (door: 'filter' | 'search' | 'count', endpoint: typeof listStudents | typeof countStudents) => async () => {
    const more = door === 'search' ? { search: '独孤' } : {}
    await refuses(`guards.withheld-at-${door}`, () =>
      world.call(stranger, endpoint, { query: { rule: keyClass, ...more } }),
    )
    expect((await world.call(stranger, endpoint, { query: more })).status).toBe(200)
    const found = await world.call(officer, endpoint, { query: { rule: keyClass, ...more } })
    expect(found.bytes.toString()).toContain(door === 'count' ? '"total":2' : child.id)
  }

const byName = (endpoint: typeof listMissing | typeof exportMissing) => async () => {
  const asked = { params: { unitId: world.units.schoolA.id, coverage: 5 } }
  await refuses('counts.names-closed', () => world.call(teacher, endpoint, asked))
  expect((await world.call(stranger, endpoint, asked)).status).toBe(404)
  expect((await world.call(officer, endpoint, asked)).status).toBe(200)
}

// What the other sides received when somebody told the family or a colleague of a step, under words an office forbids.
const told = async (to: 'family' | 'staff', withheld: readonly string[]): Promise<string[]> => {
  gateway.received.length = 0
  const { services } = world.program
  const receivers =
    to === 'staff' ? { personId: officer.personId } : { guardiansOf: { schoolId: child.schoolId, studentId: child.id } }
  await services.door.asJob('importer', (db) =>
    sendMessage(db, {
      to: receivers,
      about: { schoolId: child.schoolId, studentId: child.id },
      kind: to === 'staff' ? 'work.waiting' : 'case.moved',
      params: { case: '学年申请', step: '正在看' },
    }),
  )
  const [sms, robot] = [`${gateway.url}/sms`, `${gateway.url}/robot`]
  const channels = channelsFrom({ SMS_URL: sms, WECOM_WEBHOOK_URL: robot, DINGTALK_WEBHOOK_URL: robot })
  const messaging = { services, channels, now: () => new Date('2025-11-20T10:00:00+08:00'), withheld }
  await spreadOrders(messaging)
  await deliverDue(messaging)
  return gateway.received.map(({ path }) => path)
}

const leavesOutside = (to: 'family' | 'staff', code: string, paths: readonly string[]) => async () => {
  // The words of a pack: here a word of the fixed text itself stands for what an office forbids.
  const before = await onFile(code)
  expect(await told(to, ['登录同行'])).toEqual([])
  expect(await onFile(code)).toBe(before + paths.length)
  // The control: what is neutral leaves.
  expect((await told(to, [])).sort()).toEqual(paths)
}

const named = async (fileName: string) => {
  const { services, recall, registry, engine } = world.program
  const file = { fileName, mediaType: 'application/octet-stream', content: Buffer.from('x') }
  const app = await buildServer({
    served: [serve(exportCoverage, async () => file)],
    door: services.door,
    memory: { recall, reload: ({ sessionHash }) => recall(sessionHash), forget: () => true },
    log: services.log,
    version: 'test',
    secure: false,
    ready: async () => true,
    withheld: wordsWithheld(
      registry,
      engine.procedures.map(({ flow }) => flow),
    ),
  })
  const url = `/api/units/${world.units.schoolA.id}/coverage.xlsx`
  const { statusCode, rawPayload } = await app.inject({ url, headers: { cookie: principal.cookie } })
  await app.close()
  return { status: statusCode, bytes: rawPayload }
}

const asks = (query: z.ZodType, name: string): boolean => {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }) as { properties?: object }
  return name in properties
}

// Addresses that lay out what they answer in an order that is asked for, and by what; one added later is named here or red.
const ordered: Readonly<Record<string, string>> = {
  'counts.get-coverage': 'units, by the share of a coverage this person sees',
  'counts.get-frozen-coverage': 'units, by the share of a coverage this person sees',
}

const tries: Readonly<Record<OutwardDoor, () => Promise<void>>> = {
  announcement: async () => {
    const asked = { params: { schoolId: child.schoolId } }
    await refuses('guards.withheld-at-announcement', () =>
      world.call(principal, getAnnouncement, { ...asked, query: { flow: 'care-listing' } }),
    )
    expect((await world.call(principal, getAnnouncement, asked)).status).toBe(200)
  },
  list: byName(listMissing),
  search: byClass('search', listStudents),
  count: byClass('count', countStudents),
  filter: byClass('filter', listStudents),
  sort: async () => {
    const sorting = world.program.served.filter(({ endpoint }) =>
      ['sort', 'order', 'by', 'orderBy'].some((name) => asks(endpoint.query, name)),
    )
    expect(sorting.map(({ endpoint }) => endpoint.name).filter((name) => !(name in ordered))).toEqual([])
    // Nobody stands elsewhere in a list for being on another: asked for or not, students come as before.
    const listed = async (query: Record<string, string>) =>
      (await world.call(stranger, listStudents, { query })).bytes.toString()
    expect(await listed({ sort: String(keyClass), order: 'key-student' })).toBe(await listed({}))
  },
  export: byName(exportMissing),
  print: async () => {
    const asked = { params: { schoolId: child.schoolId, caseId: listing } }
    await refuses('guards.withheld-at-print', () => world.call(officer, getApplicationSheet, asked))
    // Whoever does not find the case learns nothing, not even that it may not be printed.
    expect((await world.call(stranger, getApplicationSheet, asked)).status).toBe(404)
  },
  message: leavesOutside('family', 'guards.withheld-at-message', ['/sms']),
  webhook: leavesOutside('staff', 'guards.withheld-at-webhook', ['/robot', '/robot']),
  statistic: async () => {
    const asked = { params: { unitId: world.units.schoolA.id } }
    const outside = (await cellsOf((await world.call(principal, exportCoverageOutside, asked)).bytes)).slice(3)
    expect(outside.flatMap(([, ...cells]) => cells).filter((cell) => /^[0-4]$/.test(cell))).toEqual([])
    expect(outside.flat()).toContain('—')
    expect((await cellsOf((await world.call(principal, exportCoverage, asked)).bytes)).flat()).toContain('2')
  },
  api: async () => {
    const about = { params: { schoolId: child.schoolId, studentId: child.id, rule: keyClass } }
    const unknown = { params: { unitId: world.units.schoolA.id }, query: { rule: keyClass } }
    for (const who of [stranger, teacher]) {
      await refuses('guards.withheld-at-api', () => world.call(who, explainClass, about))
      await refuses('guards.withheld-at-api', () => world.call(who, listUnknown, unknown))
    }
    expect((await world.call(officer, explainClass, about)).body.answer).toBe('met')
    expect((await world.call(officer, listUnknown, { params: unknown.params })).status).toBe(200)
    // Whatever else takes a class by its number answers at a door of its own above.
    const taking = world.program.served.filter(
      ({ endpoint: { path, query } }) => path.includes(':rule') || asks(query, 'rule'),
    )
    expect(taking.map(({ endpoint }) => endpoint.name).sort()).toEqual([
      'duties.list-due',
      'policies.list-unknown',
      'students.count-students',
      'students.explain-class',
      'students.list-students',
    ])
  },
  'file-name': async () => {
    await refuses('guards.withheld-at-file-name', () => named('困难学生名单.xlsx'))
    await refuses('guards.withheld-at-file-name', () => named('重点关爱对象的申请、评议和确认.pdf'))
    expect((await named('覆盖率.xlsx')).status).toBe(200)
  },
  log: async () => {
    const moved = await world.call(officer, moveCase, {
      params: { schoolId: child.schoolId, caseId: listing },
      body: { stepId: uuidv7(), move: 'nonsense', version: 1 },
    })
    expect(moved.body.refusal?.code).toBe('flows.no-such-move')
    world.program.services.log.info('the log is read')
    const all = logged.join('\n')
    expect(all).toContain('the log is read')
    for (const word of [child.name, '常独自哭泣', '每周谈心', '重点', '困境']) expect(all).not.toContain(word)
  },
}

const cellsOf = async (content: Buffer): Promise<string[][]> => {
  const rows: string[][] = []
  for await (const { cells } of readWorkbook({ content, name: 'x.xlsx' })) rows.push([...cells])
  return rows
}

describe('[G3 C13 C24] what is never published', () => {
  test.each(Object.keys(doors) as OutwardDoor[])('does not leave by the door of %s', (door) => tries[door]())
})
