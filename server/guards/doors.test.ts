import { Writable } from 'node:stream'
import pino from 'pino'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportCoverage, exportCoverageOutside, exportMissing } from '#contract/counts'
import { moveCase, openCase } from '#contract/flows'
import { whyNotLeave } from '#contract/guards'
import { doors, type OutwardDoor } from '#contract/policies'
import { getAnnouncement, getApplicationSheet } from '#contract/recognition'
import { countStudents, listStudents } from '#contract/students'
import { sendMessage } from '#server/messages'
import type { Channel } from '../messages/channels/channel.ts'
import { deliverDue } from '../messages/deliver.ts'
import { spreadOrders } from '../messages/spread.ts'
import { buildServer, serve } from '../platform/index.ts'
import { readWorkbook } from '../platform/spreadsheets/index.ts'
import { addGuardian } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { wordsWithheld } from './words-withheld.ts'

/** A child on the key list: every door by which that could leave, tried, refused and on file; each beside a control. */
let world: World
let child: Child
let officer: Someone
let principal: Someone
let teacher: Someone
let stranger: Someone
let keyClass: number
let listing: string
const logged: string[] = []

beforeAll(async () => {
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(line, _, done) {
        logged.push(String(line))
        done()
      },
    }),
  )
  world = await openWorld('2025-11-20', { log })
  const { units } = world
  child = await world.child(units.classA1, '独孤明', { protection: { key_student: true } })
  await world.child(units.classA1, '独孤亮', { protection: { key_student: true } })
  await world.classify(units.schoolA)
  officer = await world.someone('school-aid-officer', units.schoolA)
  principal = await world.someone('principal', units.schoolA)
  teacher = await world.someone('class-teacher', units.classA1)
  stranger = await world.someone('teacher', units.schoolA)
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
}, 120_000)
afterAll(() => world.close())

const onFile = async (who: Someone, code: string): Promise<number> =>
  (
    await world.owner.query(
      `select 1 from audit_entries where outcome = 'refused' and actor_id = $1 and detail->>'code' = $2`,
      [who.personId, code],
    )
  ).rowCount ?? 0

describe('[G3 C13] what is never published', () => {
  test('is not announced, whoever asks; the yearly round is', async () => {
    const asked = (flow?: string) => ({ params: { schoolId: child.schoolId }, query: flow ? { flow } : {} })
    const before = await onFile(principal, 'guards.withheld-at-announcement')
    const refused = await world.call(principal, getAnnouncement, asked('care-listing'))
    expect(refused.body.refusal?.code).toBe('guards.withheld-at-announcement')
    expect(await onFile(principal, 'guards.withheld-at-announcement')).toBe(before + 1)
    expect((await world.call(principal, getAnnouncement, asked())).status).toBe(200)
  })

  test.each([
    ['filter', listStudents, {}],
    ['search', listStudents, { search: '独孤' }],
    ['count', countStudents, {}],
  ] as const)(
    'is no %s of students for who has no part in it; the officer finds them',
    async (door, endpoint, more) => {
      const query = { rule: keyClass, ...more }
      const refused = await world.call(stranger, endpoint, { query })
      expect(refused.body.refusal?.code).toBe(`guards.withheld-at-${door}`)
      expect(await onFile(stranger, `guards.withheld-at-${door}`)).toBe(1)
      const found = await world.call(officer, endpoint, { query })
      expect(found.status).toBe(200)
      expect(found.bytes.toString()).toContain(door === 'count' ? '"total":2' : child.id)
      // Without the list everybody finds their own colleagues' students as before.
      expect((await world.call(stranger, endpoint, { query: more })).status).toBe(200)
    },
  )

  test('is exported by name to the posts that care only', async () => {
    const of = (coverage: number) => ({ params: { unitId: world.units.schoolA.id, coverage } })
    const refused = await world.call(teacher, exportMissing, of(5))
    expect(refused.status).toBe(403)
    expect(refused.bytes.toString()).toContain('counts.names-closed')
    expect(await onFile(teacher, 'counts.names-closed')).toBe(1)
    expect((await world.call(stranger, exportMissing, of(5))).status).toBe(404)
    expect((await world.call(officer, exportMissing, of(5))).status).toBe(200)
  })

  test('is not printed; an application of the round is', async () => {
    const asked = { params: { schoolId: child.schoolId, caseId: listing } }
    const refused = await world.call(officer, getApplicationSheet, asked)
    expect(refused.body.refusal?.code).toBe('guards.withheld-at-print')
    expect(await onFile(officer, 'guards.withheld-at-print')).toBe(1)
    // Whoever does not find the case learns nothing, not even that it may not be printed.
    expect((await world.call(stranger, getApplicationSheet, asked)).status).toBe(404)
  })

  test('stands in no file name: one that would say so is refused and on file; a neutral one is served', async () => {
    const { services, recall } = world.program
    const named = async (fileName: string) => {
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
          world.program.registry,
          world.program.engine.procedures.map(({ flow }) => flow),
        ),
      })
      const url = `/api/units/${world.units.schoolA.id}/coverage.xlsx`
      const { statusCode } = await app.inject({ url, headers: { cookie: principal.cookie } })
      await app.close()
      return statusCode
    }
    expect(await named('困难学生名单.xlsx')).toBe(403)
    expect(await onFile(principal, 'guards.withheld-at-file-name')).toBe(1)
    expect(await named('覆盖率.xlsx')).toBe(200)
  })

  test('leaves by no SMS and no group robot; what is neutral does', async () => {
    const guardian = await addGuardian(world, child)
    expect(guardian.personId).not.toBe('')
    const sent: string[] = []
    const channel: Channel = {
      send: async ({ title, text }) => {
        sent.push(`${title} ${text}`)
        return {}
      },
    }
    const { services } = world.program
    const now = () => new Date('2025-11-20T10:00:00+08:00')
    const say = async (withheld: readonly string[]) => {
      await services.door.asJob('importer', (db) =>
        sendMessage(db, {
          to: { guardiansOf: { schoolId: child.schoolId, studentId: child.id } },
          kind: 'case.moved',
          params: { case: '学年申请', step: '正在看' },
        }),
      )
      const messaging = { services, channels: { sms: channel }, now, withheld }
      await spreadOrders(messaging)
      await deliverDue(messaging)
    }
    await say([])
    expect(sent).toHaveLength(1)
    // The words of a pack: here a word of the fixed text itself stands for what an office forbids.
    await say(['请登录同行查看'])
    expect(sent).toHaveLength(1)
    const { rows } = await world.owner.query(
      `select scope from audit_entries where outcome = 'refused' and detail->>'code' = 'guards.withheld-at-message'`,
    )
    expect(rows).toEqual([{ scope: child.scope }])
  })

  test('stands in no line of the log, nor does a name, a finding or what the procedure is called inside', async () => {
    const moved = await world.call(officer, moveCase, {
      params: { schoolId: child.schoolId, caseId: listing },
      body: { stepId: uuidv7(), move: 'nonsense', version: 1 },
    })
    expect(moved.body.refusal?.code).toBe('flows.no-such-move')
    world.program.services.log.info('the log is read')
    const all = logged.join('\n')
    expect(all).toContain('the log is read')
    for (const word of [child.name, '常独自哭泣', '每周谈心', '重点', '困境']) expect(all).not.toContain(word)
  })

  test('is one question at every door: procedures of the table, lists of the packs, and nothing else', () => {
    const { rules } = world.program.registry.inForce(world.units.schoolA.path, world.day)
    const leaves = (list: string, door: OutwardDoor, posts: string[] = [], neverPublished = false) =>
      whyNotLeave(rules, { list, door, posts, neverPublished }) === undefined
    for (const door of Object.keys(doors) as OutwardDoor[]) {
      expect(leaves('recognition-round', door), door).toBe(true)
      expect(leaves('key-student', door, ['teacher']), door).toBe(['statistic'].includes(door))
    }
    expect(leaves('key-student', 'list', ['principal'])).toBe(true)
    expect(leaves('key-student', 'announcement', ['principal'])).toBe(false)
    // A procedure nobody wrote into a pack yet is withheld by its own table: deny is the default.
    expect(leaves('a-new-procedure', 'print', ['principal'], true)).toBe(false)
    for (const { flow } of world.program.engine.procedures)
      if (flow.publication === 'never') expect(leaves(flow.id, 'announcement', ['principal']), flow.id).toBe(false)
  })
})

const cellsOf = async (content: Buffer): Promise<string[][]> => {
  const rows: string[][] = []
  for await (const { cells } of readWorkbook({ content, name: 'x.xlsx' })) rows.push([...cells])
  return rows
}

describe('[G3 C12] small figures', () => {
  const asked = () => ({ params: { unitId: world.units.schoolA.id } })

  test('are left out for a receiver outside; a school with two such children files its own table whole', async () => {
    const outside = await world.call(principal, exportCoverageOutside, asked())
    expect(outside.status).toBe(200)
    const told = (await cellsOf(outside.bytes)).slice(3)
    expect(told.length).toBeGreaterThan(2)
    const small = told.flatMap(([, ...cells]) => cells).filter((cell) => /^[0-4]$/.test(cell))
    expect(small).toEqual([])
    expect(told.flat()).toContain('—')
    // The control: within the chain the two are there.
    const inside = await cellsOf((await world.call(principal, exportCoverage, asked())).bytes)
    expect(inside.flat()).toContain('2')
  })

  test('are exported by nobody who may not export, and each export is on file', async () => {
    expect((await world.call(teacher, exportCoverageOutside, asked())).status).toBe(403)
    expect((await world.call(stranger, exportCoverageOutside, asked())).status).toBe(404)
    const { rowCount } = await world.owner.query(
      `select 1 from audit_entries where action = 'counts.export-coverage-outside' and outcome = 'exported' and actor_id = $1`,
      [principal.personId],
    )
    expect(rowCount).toBeGreaterThan(0)
  })
})
