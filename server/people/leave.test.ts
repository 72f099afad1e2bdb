import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pairMentor } from '#contract/mentoring'
import { getUnit } from '#contract/organisations'
import {
  appoint,
  endAppointment,
  getAccount,
  getMe,
  giveAccount,
  leaveStaff,
  listPeople,
  returnStaff,
  signIn,
} from '#contract/people'
import { openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let principal: Someone
beforeAll(async () => {
  world = await openWorld()
  principal = await world.someone('principal', world.units.schoolA, '李校长')
})
afterAll(() => world.close())

const open = async (who: Someone, loginName: string): Promise<void> => {
  const given = await world.call(principal, giveAccount, { params: { personId: who.personId }, body: { loginName } })
  expect(given.status).toBe(200)
  // As after the first sign-in.
  await world.owner.query('update accounts set must_change = false where person_id = $1', [who.personId])
}
const accountOf = async (who: Someone) =>
  (await world.call(principal, getAccount, { params: { personId: who.personId } })).body.account
const signedIn = async (who: Someone): Promise<number> => (await world.call(who, getMe)).status
const leave = (by: Someone, who: Someone, on = world.day) =>
  world.call(by, leaveStaff, { params: { personId: who.personId }, body: { on } })
const postsOf = async (unitId: string, post: string) =>
  (await world.call(principal, getUnit, { params: { unitId } })).body.posts.find((one) => one.post === post)
const appointmentsOf = async (who: Someone) =>
  (
    await world.owner.query<{ id: string }>(
      'select id from appointments where person_id = $1 and until_date is null order by id',
      [who.personId],
    )
  ).rows.map(({ id }) => id)
const end = (appointmentId: string) =>
  world.call(principal, endAppointment, { params: { appointmentId }, body: { untilDate: world.day } })

test('[T7 C13] whoever loses the last post is shut out at once and the post passes up; with a post left nothing shuts', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1, '王老师')
  await open(teacher, 'wang')
  const second = uuidv7()
  await world.call(principal, appoint, {
    body: {
      id: second,
      personId: teacher.personId,
      unitId: world.units.classA2.id,
      post: 'class-teacher',
      fromDate: world.day,
      document: null,
    },
  })
  const [first] = await appointmentsOf(teacher)
  expect((await end(first ?? '')).status).toBe(200)
  expect([await signedIn(teacher), (await accountOf(teacher))?.status]).toEqual([200, 'active'])
  expect((await end(second)).status).toBe(200)
  expect([await signedIn(teacher), await accountOf(teacher)]).toMatchObject([
    401,
    { status: 'stopped', resting: true, signedIn: false },
  ])
  const post = await postsOf(world.units.classA1.id, 'class-teacher')
  expect([post?.holders, post?.passesTo?.name]).toEqual([[], '李校长'])
})

test('[T7] a new post opens a resting account again, but not one that somebody stopped', async () => {
  const [resting, stopped] = [
    await world.someone('class-teacher', world.units.classA1, '甲'),
    await world.someone('class-teacher', world.units.classA2, '乙'),
  ]
  await open(resting, 'jia')
  await open(stopped, 'yi')
  for (const who of [resting, stopped]) await end((await appointmentsOf(who))[0] ?? '')
  await world.owner.query('update accounts set resting = false where person_id = $1', [stopped.personId])
  for (const who of [resting, stopped])
    await world.call(principal, appoint, {
      body: {
        id: uuidv7(),
        personId: who.personId,
        unitId: world.units.schoolA.id,
        post: 'teacher',
        fromDate: world.day,
        document: null,
      },
    })
  expect([(await accountOf(resting))?.status, (await accountOf(stopped))?.status]).toEqual(['active', 'stopped'])
})

test('[T7 C13 C16] a departure ends every post and pairing and shuts the account; the list shows who left', async () => {
  const gone = await world.someone('class-teacher', world.units.classA2, '赵老师')
  const [child] = world.children.a2
  if (!child) throw new Error('no child')
  const paired = await world.call(principal, pairMentor, {
    params: { schoolId: child.schoolId, studentId: child.id },
    body: { id: uuidv7(), mentorId: gone.personId, fromDate: world.day },
  })
  expect(paired.status).toBe(200)
  await open(gone, 'zhao')
  expect(await signedIn(gone)).toBe(200)
  const answer = await leave(principal, gone)
  expect([answer.status, answer.body]).toEqual([200, { posts: 1, students: 1 }])
  expect(await signedIn(gone)).toBe(401)
  expect(await accountOf(gone)).toMatchObject({ status: 'stopped' })
  const left = await world.owner.query('select until_date from pairings where mentor_id = $1', [gone.personId])
  expect(left.rows).toEqual([{ until_date: world.day }])
  const names = async (query: object) =>
    (await world.call(principal, listPeople, { query: { unit: world.units.schoolA.id, ...query } })).body.people
  expect((await names({})).map(({ id }) => id)).not.toContain(gone.personId)
  expect(await names({ left: 'yes' })).toMatchObject([{ id: gone.personId, leftOn: world.day, posts: [] }])
  const again = await world.call(null, signIn, { body: { loginName: 'zhao', password: 'Whatever-2025' } })
  expect(again.status).toBe(401)
})

test('only who may appoint to all the posts puts a departure on file; nobody his own, no day to come, not twice otherwise', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1, '孙老师')
  const colleague = await world.someone('class-teacher', world.units.classA2, '周老师')
  const stranger = await world.someone('principal', world.units.schoolB, '别校校长')
  expect((await leave(colleague, teacher)).body.refusal?.code).toBe('people.not-permitted')
  expect((await leave(stranger, teacher)).status).toBe(404)
  expect((await leave(principal, principal)).body.refusal?.code).toBe('people.own-departure')
  expect((await leave(principal, teacher, '2025-11-21')).body.refusal?.code).toBe('people.leaves-later')
  expect(await signedIn(teacher)).toBe(200)
  expect((await leave(principal, teacher)).status).toBe(200)
  expect((await leave(principal, teacher)).body).toEqual({ posts: 0, students: 0 })
  expect((await leave(principal, teacher, '2025-11-01')).body.refusal?.code).toBe('people.already-left')
})

test('a departure taken back lists the person again, without posts; the account waits for its keeper', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1, '吴老师')
  await open(teacher, 'wu')
  await leave(principal, teacher)
  const taken = await world.call(principal, returnStaff, { params: { personId: teacher.personId }, body: {} })
  expect(taken.status).toBe(200)
  const { people } = (
    await world.call(principal, listPeople, { query: { unit: world.units.schoolA.id, search: '吴老师' } })
  ).body
  expect(people).toMatchObject([{ id: teacher.personId, leftOn: null, posts: [] }])
  expect(await accountOf(teacher)).toMatchObject({ status: 'stopped', resting: false })
})
