import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { delegatePost, endAppointment, endDelegation, listDelegations } from '#contract/people'
import { listStudents } from '#contract/students'
import { openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let teacher: Someone
let colleague: Someone
let stranger: Someone

beforeAll(async () => {
  world = await openWorld()
  teacher = await world.someone('class-teacher', world.units.classA1, '班主任甲')
  colleague = await world.someone('teacher', world.units.schoolA, '同事乙')
  stranger = await world.someone('teacher', world.units.schoolB, '外校丙')
})
afterAll(() => world.close())

const lend = (who: Someone, to: Someone, more: object = {}) =>
  world.call(who, delegatePost, {
    body: {
      id: uuidv7(),
      post: 'class-teacher',
      unitId: world.units.classA1.id,
      toPersonId: to.personId,
      fromDate: world.day,
      lastDate: world.day,
      ...more,
    },
  })
const found = async (who: Someone) => (await world.call(who, listStudents, {})).body.students?.length ?? 0

describe('[T7] a post lent to a colleague', () => {
  test('is held on behalf of its owner on the next request, and no longer once taken back', async () => {
    expect(await found(colleague)).toBe(0)
    const lent = await lend(teacher, colleague)
    expect(lent.status).toBe(200)
    expect(await found(colleague)).toBe(5)
    const held = (await colleague.actor()).posts.find(({ post }) => post === 'class-teacher')
    expect(held?.onBehalfOf).toEqual({ id: teacher.personId, name: '班主任甲' })
    const mine = await world.call(teacher, listDelegations, {})
    expect(mine.body.delegations).toMatchObject([{ toName: '同事乙', byMe: true, lastDate: world.day }])
    expect(
      (await world.call(stranger, endDelegation, { params: { delegationId: lent.body.id }, body: {} })).status,
    ).toBe(404)
    expect(
      (await world.call(teacher, endDelegation, { params: { delegationId: lent.body.id }, body: {} })).status,
    ).toBe(200)
    expect(await found(colleague)).toBe(0)
  })

  test('goes only to somebody of the same school, for a post one holds, from today on and not for ever', async () => {
    expect((await lend(teacher, stranger)).status).toBe(404)
    expect((await lend(colleague, teacher)).status).toBe(404)
    expect((await lend(teacher, teacher)).status).toBe(404)
    expect((await lend(teacher, colleague, { fromDate: '2025-11-01' })).body.refusal?.code).toBe(
      'people.delegation-dates',
    )
    expect((await lend(teacher, colleague, { lastDate: '2027-11-01' })).body.refusal?.code).toBe(
      'people.delegation-dates',
    )
    expect(await found(colleague)).toBe(0)
  })

  test('cannot be lent on by who holds it for another, and ends with the post it stands for', async () => {
    const third = await world.someone('teacher', world.units.schoolA, '同事丁')
    expect((await lend(teacher, colleague)).status).toBe(200)
    expect((await lend(colleague, third)).status).toBe(404)
    expect((await lend(teacher, third)).body.refusal?.code).toBe('people.already-delegated')
    const own = await world.owner.query<{ id: string }>(
      'select id from appointments where person_id = $1 and acting_for is null',
      [teacher.personId],
    )
    const principal = await world.someone('principal', world.units.schoolA)
    expect(await found(colleague)).toBe(5)
    const ended = await world.call(principal, endAppointment, {
      params: { appointmentId: own.rows[0]?.id ?? '' },
      body: { untilDate: world.day },
    })
    expect(ended.status).toBe(200)
    expect(await found(colleague)).toBe(0)
  })
})
