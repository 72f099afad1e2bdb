import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  countUnread,
  handOutSlips,
  listMessages,
  listSent,
  listSlips,
  markRead,
  setMail,
  setQuietHours,
  writeToFamily,
} from '#contract/messages'
import { inviteFamily } from '#contract/people'
import { findLabellingWord } from '#contract/platform'
import { addGuardian, addStudentAccount, limitContact } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { channelsFrom } from './channels/channels-from.ts'
import { deliverDue, followReceipts } from './deliver.ts'
import type { Messaging } from './messaging.ts'
import { sendMessage } from './send-message.ts'
import { openStubGateway, openStubMail } from './stub-gateway.ts'
import { sendMessages } from './tasks.ts'

let world: World
let gateway: Awaited<ReturnType<typeof openStubGateway>>
let mail: Awaited<ReturnType<typeof openStubMail>>
let teacher: Someone
let clock = new Date('2025-11-20T10:00:00+08:00')
let messaging: Messaging
let made = 0

beforeAll(async () => {
  world = await openWorld()
  gateway = await openStubGateway()
  mail = await openStubMail()
  teacher = await world.someone('class-teacher', world.units.classA1, '何老师')
  messaging = {
    services: world.program.services,
    channels: channelsFrom({
      SMS_URL: `${gateway.url}/sms`,
      SMS_KEY: 'key',
      WECOM_WEBHOOK_URL: `${gateway.url}/wecom`,
      DINGTALK_WEBHOOK_URL: `${gateway.url}/ding?access_token=a`,
      DINGTALK_SECRET: 'secret',
      MAIL_URL: mail.url,
      MAIL_FROM: 'tongxing@example.cn',
    }),
    now: () => clock,
  }
})
afterAll(async () => {
  await world.close()
  await gateway.close()
  await mail.close()
})
beforeEach(() => {
  clock = new Date('2025-11-20T10:00:00+08:00')
  gateway.received.length = 0
  gateway.answers.length = 0
  gateway.states.clear()
  mail.mails.length = 0
})

const newChild = (): Promise<Child> => world.child(world.units.classA1, `新生${++made}`)
const keyOf = ({ schoolId, id }: Child) => ({ schoolId, studentId: id })
const minutes = (many: number): void => {
  clock = new Date(clock.getTime() + many * 60_000)
}
const write = (child: Child, more: object = {}, who = teacher) =>
  world.call(who, writeToFamily, { params: keyOf(child), body: { id: uuidv7(), kind: 'school.please-call', ...more } })
const deliveries = async (child: Child) =>
  (
    await world.owner.query(
      `select d.channel, d.state, d.attempts, d.last_error from message_deliveries d join messages m on m.id = d.message_id
       where m.about_student = $1 order by m.created_at, d.channel`,
      [child.id],
    )
  ).rows
const tellStaff = async (who: Someone, wish: object = {}) =>
  world.program.services.door.asJob('importer', (db) =>
    sendMessage(db, {
      to: { personId: who.personId },
      kind: 'work.waiting',
      params: { case: '认定', step: '学校评议' },
      ...wish,
    }),
  )
const inbox = async (who: Someone) => (await world.call(who, listMessages, {})).body.messages

describe('[G16 T6] a message to a family', () => {
  test('is read in the program and told of by SMS in neutral words; the sender sees sent, delivered, read', async () => {
    const child = await newChild()
    const mother = await addGuardian(world, child, { phone: '13811112222' })
    const id = uuidv7()
    expect((await write(child, { id })).status).toBe(200)
    expect((await write(child, { id })).status).toBe(200)
    expect(await inbox(mother)).toEqual([])
    await sendMessages(messaging)
    await sendMessages(messaging)
    const sms = gateway.received.filter(({ path }) => path === '/sms')
    expect(sms).toHaveLength(1)
    expect(sms[0]?.body).toMatchObject({ to: '13811112222', text: '【同行】第一小学的老师请您方便时回个电话。' })
    expect(sms[0]?.headers).toMatchObject({ authorization: 'Bearer key', 'idempotency-key': sms[0]?.body.id })
    const [message] = await inbox(mother)
    expect(message).toMatchObject({
      title: '请与老师联系',
      body: '何老师老师请您方便时与他联系。',
      from: '何老师',
      read: false,
    })
    expect((await world.call(mother, countUnread, {})).body.unread).toBe(1)
    expect(Number.isNaN(Date.parse(message?.at ?? ''))).toBe(false)
    const sent = async () => (await world.call(teacher, listSent, { query: { student: child.id } })).body.messages
    expect(await sent()).toMatchObject([
      { readAt: null, studentName: child.name, channels: [{ channel: 'sms', words: '已发出' }] },
    ])
    gateway.states.set(`r${gateway.received.length}`, 'delivered')
    await followReceipts(messaging)
    expect(await sent()).toMatchObject([{ readAt: null, channels: [{ words: '已送到' }] }])
    await world.call(mother, markRead, { body: { ids: [message?.id ?? ''] } })
    expect(Number.isNaN(Date.parse((await sent())[0]?.readAt ?? ''))).toBe(false)
    expect((await world.call(mother, countUnread, {})).body.unread).toBe(0)
  })

  test('is read by nobody else, marked by nobody else, and written only by whoever may', async () => {
    const child = await newChild()
    const mother = await addGuardian(world, child)
    const other = await addGuardian(world, await newChild())
    await write(child)
    await sendMessages(messaging)
    const [message] = await inbox(mother)
    expect(await inbox(other)).toEqual([])
    expect((await world.call(other, markRead, { body: { ids: [message?.id ?? ''] } })).body.changed).toBe(0)
    const colleague = await world.someone('class-teacher', world.units.classA2)
    expect((await world.call(colleague, listSent, {})).body.messages).toEqual([])
    expect((await write(child, {}, colleague)).status).toBe(404)
    expect((await write(child, {}, await world.someone('county-leader', world.units.county))).status).toBe(403)
    expect((await write(child, {}, mother)).status).toBe(403)
    expect((await write(child, { kind: 'work.waiting' })).status).toBe(422)
    expect((await world.call(mother, markRead, { body: {} })).body.changed).toBe(1)
  })

  test('[G33] never reaches the guardian a matter is kept from, by account, by phone or on paper; the other is told', async () => {
    const child = await newChild()
    const mother = await addGuardian(world, child, { name: '许母', phone: '13811110001' })
    const father = await addGuardian(world, child, { name: '许父', phone: '13811110002' })
    const order = (except: readonly string[]) =>
      world.program.services.door.asJob('importer', (db) =>
        sendMessage(db, { to: { guardiansOf: keyOf(child) }, kind: 'school.please-call', except }),
      )
    const told = async (who: typeof mother) => (await inbox(who)).length
    await order([father.contactId, father.personId])
    await sendMessages(messaging)
    expect([await told(mother), await told(father)]).toEqual([1, 0])
    expect(gateway.received.map(({ body }) => body.to)).toEqual(['13811110001'])
    await order([father.contactId])
    await sendMessages(messaging)
    expect([await told(mother), await told(father)]).toEqual([2, 0])
    await order([])
    await sendMessages(messaging)
    expect([await told(mother), await told(father)]).toEqual([3, 1])
    const alone = await newChild()
    const only = await addGuardian(world, alone, { name: '外公', phone: null, withoutAccount: true })
    await world.program.services.door.asJob('importer', (db) =>
      sendMessage(db, { to: { guardiansOf: keyOf(alone) }, kind: 'school.please-call', except: [only.contactId] }),
    )
    await sendMessages(messaging)
    const slips = (await world.call(teacher, listSlips, { params: { unitId: world.units.classA1.id } })).body.slips
    expect(slips.filter(({ studentName }) => studentName === alone.name)).toEqual([])
  })

  test('is undone with the act it tells of', async () => {
    const child = await newChild()
    await addGuardian(world, child)
    await expect(
      world.program.services.door.asActor(await teacher.actor(), async (db) => {
        await sendMessage(db, { to: { guardiansOf: keyOf(child) }, kind: 'school.please-call' })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await sendMessages(messaging)
    expect(await deliveries(child)).toEqual([])
    await write(child)
    await sendMessages(messaging)
    expect(await deliveries(child)).toHaveLength(1)
  })

  test('without phone and account comes as a slip the class teacher hands over; nobody else finds it', async () => {
    const child = await newChild()
    await addGuardian(world, child, { name: '外婆', phone: null, withoutAccount: true })
    await write(child)
    await sendMessages(messaging)
    const params = { unitId: world.units.classA1.id }
    const { body } = await world.call(teacher, listSlips, { params })
    const slip = body.slips.find(({ studentName }) => studentName === child.name)
    expect(slip).toMatchObject({ toName: '外婆', text: '第一小学的老师请您方便时回个电话。' })
    expect(findLabellingWord(slip?.text ?? '')).toBeUndefined()
    const colleague = await world.someone('class-teacher', world.units.classA2)
    expect((await world.call(colleague, listSlips, { params })).status).toBe(403)
    const ids = [slip?.id ?? '']
    expect(
      (await world.call(colleague, handOutSlips, { params: { unitId: world.units.classA2.id }, body: { ids } })).body
        .changed,
    ).toBe(0)
    expect((await world.call(teacher, handOutSlips, { params, body: { ids } })).body.changed).toBe(1)
    expect((await world.call(teacher, listSlips, { params })).body.slips.map((one) => one.id)).not.toContain(ids[0])
  })

  test('goes by mail to whoever set an address, with nothing but neutral words', async () => {
    const child = await newChild()
    const mother = await addGuardian(world, child, { phone: null })
    await world.call(mother, setMail, { body: { mail: 'mama@example.cn' } })
    await write(child)
    await sendMessages(messaging)
    expect(mail.mails).toHaveLength(1)
    expect(mail.mails[0]).toContain('To: mama@example.cn')
    expect(mail.mails[0]).not.toContain(child.name)
    const stored = await world.owner.query('select mail_cipher from message_addresses where person_id = $1', [
      mother.personId,
    ])
    expect(stored.rows[0].mail_cipher.toString('utf8')).not.toContain('mama')
  })
})

describe('[G33] nobody who may not be contacted is ever told', () => {
  test.each(['no-contact', 'supervised', 'ask-first'] as const)(
    'a contact with the limit %s, while the other guardian is',
    async (contactLimit) => {
      const child = await newChild()
      const father = await addGuardian(world, child, { name: '父', phone: '13900000001', contactLimit })
      const mother = await addGuardian(world, child, { name: '母', phone: '13900000002' })
      await write(child)
      await write(child, { contactId: father.contactId })
      await world.program.services.door.asJob('importer', (db) =>
        sendMessage(db, {
          to: { personId: father.personId },
          kind: 'case.received',
          params: { case: '甲' },
          about: keyOf(child),
        }),
      )
      await sendMessages(messaging)
      expect(gateway.received.map(({ body }) => body.to)).toEqual(['13900000002'])
      expect(await inbox(father)).toEqual([])
      expect(await inbox(mother)).toHaveLength(1)
      const kept = await world.owner.query('select 1 from messages where to_person = $1 or to_contact = $2', [
        father.personId,
        father.contactId,
      ])
      expect(kept.rowCount).toBe(0)
    },
  )

  test('a limit written down while a message is held back stops it, and takes what was told before out of sight', async () => {
    const child = await newChild()
    const father = await addGuardian(world, child, { name: '父亲', phone: '13900000003' })
    await write(child)
    await sendMessages(messaging)
    expect(await inbox(father)).toHaveLength(1)
    clock = new Date('2025-11-20T22:00:00+08:00')
    await write(child)
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(1)
    await limitContact(world, child, father.contactId, 'no-contact')
    clock = new Date('2025-11-21T08:00:00+08:00')
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(1)
    expect(await deliveries(child)).toMatchObject([
      { state: 'sent' },
      { state: 'withheld', last_error: 'not-to-be-contacted' },
    ])
    expect(await inbox(father)).toEqual([])
    expect((await world.call(father, countUnread, {})).body.unread).toBe(0)
    await limitContact(world, child, father.contactId, 'none')
    expect(await inbox(father)).toHaveLength(2)
  })

  test('a slip of somebody limited since leaves the list, and the student is no guardian', async () => {
    const child = await newChild()
    const self = await addStudentAccount(world, child)
    const aunt = await addGuardian(world, child, { name: '姑姑', phone: null, withoutAccount: true })
    await write(child)
    await sendMessages(messaging)
    const slips = async () =>
      (await world.call(teacher, listSlips, { params: { unitId: world.units.classA1.id } })).body.slips.filter(
        ({ studentName }) => studentName === child.name,
      )
    expect(await slips()).toHaveLength(1)
    await limitContact(world, child, aunt.contactId, 'no-contact')
    expect(await slips()).toHaveLength(0)
    expect(await inbox(self)).toEqual([])
  })
})

describe('quiet hours', () => {
  test('hold back what makes a sound until they end, not what is urgent', async () => {
    const child = await newChild()
    await addGuardian(world, child, { phone: '13700000001' })
    clock = new Date('2025-11-20T23:30:00+08:00')
    await write(child)
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(0)
    expect(
      (await world.call(teacher, listSent, { query: { student: child.id } })).body.messages[0]?.channels[0]?.state,
    ).toBe('waiting')
    await world.program.services.door.asJob('importer', (db) =>
      sendMessage(db, { to: { guardiansOf: keyOf(child) }, kind: 'school.please-come', urgent: true }),
    )
    await sendMessages(messaging)
    expect(gateway.received.map(({ body }) => body.text)).toEqual(['【同行】第一小学的老师请您方便时到学校来一趟。'])
    clock = new Date('2025-11-21T07:00:00+08:00')
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(2)
  })

  test('are set by the keepers of a unit for itself and below, and by nobody else', async () => {
    const principal = await world.someone('principal', world.units.schoolA)
    const params = { unitId: world.units.schoolA.id }
    const body = { from: '09:00', until: '11:00' }
    expect((await world.call(teacher, setQuietHours, { params, body })).status).toBe(403)
    expect(
      (await world.call(principal, setQuietHours, { params: { unitId: world.units.county.id }, body })).status,
    ).toBe(403)
    expect((await world.call(principal, setQuietHours, { params, body })).status).toBe(200)
    const child = await newChild()
    await addGuardian(world, child)
    await write(child)
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(0)
    clock = new Date('2025-11-20T11:00:00+08:00')
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(1)
    await world.owner.query('delete from quiet_hours')
  })
})

describe('another side that fails', () => {
  test('is tried again later with the same id, and once it answers nothing is sent twice', async () => {
    const child = await newChild()
    await addGuardian(world, child)
    gateway.answers.push({ status: 503, body: {} }, { status: 429, body: {} })
    await write(child)
    await sendMessages(messaging)
    expect(await deliveries(child)).toMatchObject([{ state: 'waiting', attempts: 1, last_error: 'http-503' }])
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(1)
    minutes(1)
    await sendMessages(messaging)
    minutes(5)
    await sendMessages(messaging)
    await sendMessages(messaging)
    expect(gateway.received).toHaveLength(3)
    expect(new Set(gateway.received.map(({ body }) => body.id)).size).toBe(1)
    expect(await deliveries(child)).toMatchObject([{ state: 'sent', attempts: 3, last_error: null }])
  })

  test('for good is left after six tries, or at once when it refuses, and a slip takes its place', async () => {
    const [patient, refused] = [await newChild(), await newChild()]
    await addGuardian(world, patient)
    await addGuardian(world, refused)
    gateway.answers.push(...Array.from({ length: 6 }, () => ({ status: 500, body: {} })))
    await write(patient)
    for (const wait of [0, 1, 5, 15, 60, 240]) {
      minutes(wait)
      await sendMessages(messaging)
    }
    gateway.answers.push({ status: 400, body: {} })
    await write(refused)
    await sendMessages(messaging)
    const paper = { channel: 'paper', state: 'waiting' }
    expect(await deliveries(patient)).toMatchObject([paper, { channel: 'sms', state: 'failed', attempts: 6 }])
    expect(await deliveries(refused)).toMatchObject([
      paper,
      { channel: 'sms', state: 'failed', attempts: 1, last_error: 'http-400' },
    ])
  })

  test('and a program killed while sending is taken up after a while under the same id', async () => {
    const child = await newChild()
    await addGuardian(world, child)
    await write(child)
    await sendMessages(messaging)
    await world.owner.query(
      `update message_deliveries set state = 'sending', claimed_at = $2 where message_id = (select id from messages where about_student = $1)`,
      [child.id, clock],
    )
    minutes(2)
    expect(await deliverDue(messaging)).toBe(0)
    minutes(2)
    expect(await deliverDue(messaging)).toBe(1)
    expect(new Set(gateway.received.map(({ body }) => body.id)).size).toBe(1)
  })

  test('two workers at once send each message once', async () => {
    const child = await newChild()
    for (const n of [1, 2, 3, 4]) await addGuardian(world, child, { name: `家长${n}`, phone: `1360000000${n}` })
    await write(child)
    await Promise.all([sendMessages(messaging), sendMessages(messaging)])
    await sendMessages(messaging)
    expect(gateway.received.map(({ body }) => body.to).sort()).toEqual([1, 2, 3, 4].map((n) => `1360000000${n}`))
  })
})

describe('a message to staff', () => {
  const withMobile = async (name: string): Promise<Someone> => {
    const someone = await world.someone('school-aid-officer', world.units.schoolA, name)
    await world.owner.query('insert into people_contacts (person_id, scope, mobile_cipher) values ($1, $2, $3)', [
      someone.personId,
      world.units.schoolA.path,
      world.program.services.secrets.seal('13511112222'),
    ])
    return someone
  }

  test('calls in the office groups by mobile, signed where a secret is set, without a name or a matter', async () => {
    const officer = await withMobile('陆专干')
    await tellStaff(officer)
    await sendMessages(messaging)
    const [wecom, ding] = ['/wecom', '/ding'].map((path) => gateway.received.find((one) => one.path.startsWith(path)))
    expect(wecom?.body).toEqual({
      msgtype: 'text',
      text: { content: '有一件事等您办理,请登录同行查看。', mentioned_mobile_list: ['13511112222'] },
    })
    expect(ding?.body).toMatchObject({ at: { atMobiles: ['13511112222'], isAtAll: false } })
    expect(ding?.path).toMatch(/access_token=a&timestamp=\d+&sign=.+/)
    expect(gateway.received.some(({ path }) => path === '/sms')).toBe(false)
    expect((await inbox(officer))[0]?.body).toBe('“认定”到了学校评议,等您办理。')
  })

  test('waits when a robot is busy (errcode), and is not for who is kept from the child', async () => {
    const officer = await withMobile('顾专干')
    const child = await newChild()
    gateway.answers.push({ status: 200, body: { errcode: 45009 } })
    await tellStaff(officer, { about: keyOf(child) })
    await sendMessages(messaging)
    expect(await deliveries(child)).toMatchObject([{ channel: 'dingtalk' }, { channel: 'wecom' }])
    expect((await deliveries(child)).map(({ last_error }) => last_error)).toContain('robot-45009')
    await world.owner.query(
      `update actor_settings set version = version + 1, settings = settings || jsonb_build_object('barred', '{' || $2::text || '}') where person_id = $1`,
      [officer.personId, child.id],
    )
    expect(await inbox(officer)).toEqual([])
    const before = await world.owner.query('select 1 from messages where to_person = $1', [officer.personId])
    await tellStaff(officer, { about: keyOf(child) })
    await sendMessages(messaging)
    const after = await world.owner.query('select 1 from messages where to_person = $1', [officer.personId])
    expect(after.rowCount).toBe(before.rowCount)
  })
})

test('[C24] a value that would label is refused when ordered, and once more before it leaves', async () => {
  const officer = await world.someone('principal', world.units.schoolA)
  const child = await newChild()
  await addGuardian(world, child)
  await write(child)
  // Past the first check, as a fault would: the name of the school says it.
  await world.owner.query(`update units set name = '学生资助实验小学' where id = $1`, [world.units.schoolA.id])
  await sendMessages(messaging)
  await world.owner.query(`update units set name = '第一小学' where id = $1`, [world.units.schoolA.id])
  expect(gateway.received).toEqual([])
  expect(await deliveries(child)).toMatchObject([{ state: 'withheld', last_error: 'label-word' }])
  await expect(tellStaff(officer, { kind: 'family.invited', params: { account: '困难学生' } })).rejects.toMatchObject({
    code: 'messages.label-word',
  })
})

test('[C6] an invitation leaves by SMS with its code, which is stored nowhere in the open and forgotten once told', async () => {
  const child = await newChild()
  const mother = await addGuardian(world, child, { phone: '13400000001', withoutAccount: true })
  const { body } = await world.call(teacher, inviteFamily, {
    params: keyOf(child),
    body: { contactId: mother.contactId, send: true },
  })
  expect(body.sent).toBe(true)
  const stored = await world.owner.query(
    `select kind, params, sealed from message_outbox where kind = 'family.invited'`,
  )
  expect(JSON.stringify(stored.rows[0].params)).not.toContain(body.code)
  expect(stored.rows[0].sealed.toString('utf8')).not.toContain(body.code)
  await sendMessages(messaging)
  const text = String(gateway.received.at(-1)?.body.text)
  expect(text).toContain(body.loginName)
  expect(text).toContain(body.code)
  expect(findLabellingWord(text)).toBeUndefined()
  const kept = await world.owner.query(
    `select count(*)::int as many from (select sealed from messages union all select sealed from message_outbox) s where sealed is not null`,
  )
  expect(kept.rows[0].many).toBe(0)
})
