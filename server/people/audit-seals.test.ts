import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { audit } from '#server/platform'
import { openTestTown, type TestPerson, type TestTown } from '../test-town.ts'
import { sealAudit, verifyAudit } from './audit-seals.ts'
import { listAudit } from './list-audit.ts'

let town: TestTown
let owner: pg.Client
let auditor: TestPerson
let principal: TestPerson

beforeAll(async () => {
  town = await openTestTown()
  owner = new pg.Client({ connectionString: town.ownerUrl })
  await owner.connect()
  auditor = await town.addPerson(town.units.county, '顾审计')
  principal = await town.addPerson(town.units.schoolA, '李校长')
  await town.appoint(auditor, town.units.county, 'auditor')
  await town.appoint(principal, town.units.schoolA, 'principal')
})
afterAll(async () => {
  await owner.end()
  await town.close()
})

const write = (action: string, scope = town.units.schoolA.path) =>
  town.asImporter((db) => audit(db, { actorId: principal.id, action, outcome: 'done', scope, detail: { count: 1 } }))
const seal = () => town.door.asJob('sealer', (db) => sealAudit(db))
const verify = () => town.door.asJob('sealer', (db) => verifyAudit(db))

beforeEach(async () => {
  await owner.query('truncate audit_entries, audit_seals')
  for (const action of ['test.one', 'test.two', 'test.three']) await write(action)
  await seal()
  await write('test.four')
  await seal()
})

test('[C13] an untouched log verifies, and tells what is not sealed yet', async () => {
  await write('test.five')
  expect(await verify()).toMatchObject({
    damaged: [],
    broken: [],
    seals: 2,
    sealedEntries: 4,
    unsealedEntries: 1,
  })
})

test('[C13] two sealers at once make one chain', async () => {
  for (let entry = 0; entry < 5; entry++) await write(`test.more-${entry}`)
  await Promise.all([seal(), seal(), seal()])
  expect(await verify()).toMatchObject({ damaged: [], broken: [], sealedEntries: 9, unsealedEntries: 0 })
})

test.each([
  ['a changed entry', `update audit_entries set detail = '{"count": 2}' where action = 'test.two'`, [1], []],
  ['a removed entry', `delete from audit_entries where action = 'test.two'`, [1], []],
  [
    'two entries that changed places',
    `update audit_entries e set at = o.at from audit_entries o
     where (e.action, o.action) in (('test.one', 'test.two'), ('test.two', 'test.one'))`,
    [1],
    [],
  ],
  ['an entry moved to another seal', `update audit_entries set sealed_in = 2 where action = 'test.two'`, [1, 2], []],
  [
    'an entry slipped out of the seals',
    `update audit_entries set sealed_in = null where action = 'test.four'`,
    [2],
    [],
  ],
  ['a seal made anew over changed entries', `update audit_seals set entries = 2 where number = 1`, [1], [1]],
  ['a removed seal', `delete from audit_seals where number = 1`, [1], [1, 2]],
])('[C13] %s is found', async (_what, tampering, damaged, broken) => {
  await owner.query(tampering)
  expect(await verify()).toMatchObject({ damaged, broken })
})

test('a seal cut off the end together with its entries shows in the last root', async () => {
  const before = await verify()
  await owner.query('delete from audit_entries where sealed_in = 2')
  await owner.query('delete from audit_seals where number = 2')
  const after = await verify()
  expect(after).toMatchObject({ damaged: [], broken: [] })
  expect(after.root).not.toBe(before.root)
})

test('the log opens to the auditor of the units above, to nobody else, and reading it is on file', async () => {
  await write('test.elsewhere', 'z.')
  const read = listAudit(town.services, await town.actorOf(auditor), { page: 1 })
  const actions = (await read).entries.map(({ action }) => action)
  expect(actions).toContain('test.two')
  expect(actions).not.toContain('test.elsewhere')
  expect((await read).entries.find(({ action }) => action === 'test.two')).toMatchObject({
    actorName: '李校长',
    unitName: '临湖县实验小学',
    sealed: true,
  })
  await expect(listAudit(town.services, await town.actorOf(principal), { page: 1 })).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
  const { rows } = await owner.query(`select outcome from audit_entries where action = 'people.list-audit'`)
  expect(rows).toEqual([{ outcome: 'read' }])
})

test('a person reads no audit entry past the policy, and changes none', async () => {
  const head = await town.actorOf(principal)
  const count = { text: 'select count(*)::int as count from audit_entries' }
  expect(await town.door.readAsActor(head, count)).toEqual([{ count: 0 }])
  expect(await town.door.readAsActor(head, { text: 'select count(*)::int as count from audit_seals' })).toEqual([
    { count: 0 },
  ])
  expect((await owner.query(count.text)).rows[0].count).toBe(4)
  await expect(
    town.door.asActor(head, (db) => db.change({ text: `update audit_entries set action = 'x'` })),
  ).rejects.toMatchObject({ code: '42501' })
})

test('[C13] the database keeps no entry whose outcome is none of the four', async () => {
  const entry = (outcome: string) =>
    owner.query(
      `insert into audit_entries (id, action, outcome, scope) values (gen_random_uuid(), 'people.sign-in', '${outcome}', 'a.')`,
    )
  await expect(entry('undone')).rejects.toMatchObject({ code: '22P02' })
  await entry('refused')
})
