import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whyNotPermitted } from '#contract/people'
import { establishBody } from '../organisations/establish-body.ts'
import { openTestTown, type TestPerson, type TestTown, testDay } from '../test-town.ts'
import { type CentresAt, getUnit } from './get-unit.ts'

let town: TestTown
let officer: TestPerson
let principal: TestPerson
let teacher: TestPerson

beforeAll(async () => {
  town = await openTestTown()
  officer = await town.addPerson(town.units.county, '陆专干')
  principal = await town.addPerson(town.units.schoolA, '李校长')
  teacher = await town.addPerson(town.units.schoolA, '王老师')
  await town.appoint(officer, town.units.county, 'county-aid-officer')
  await town.appoint(principal, town.units.schoolA, 'principal')
})
afterAll(() => town.close())

const centresAt: CentresAt = () => ({ units: ['county', 'school', 'college'], needs: ['place', 'director', 'member'] })
const page = async (who: TestPerson, unitId: string) =>
  getUnit(town.services, centresAt, await town.actorOf(who), unitId)

test('[T7] a vacant post is shown with who answers meanwhile, up to the county', async () => {
  const school = await page(principal, town.units.schoolA.id)
  const post = (name: string) => school.posts.find((one) => one.post === name)
  expect(post('principal')?.holders).toMatchObject([{ name: '李校长' }])
  expect(post('school-aid-officer')).toMatchObject({ holders: [], passesTo: { post: 'principal', name: '李校长' } })
  expect(school.ancestors.map(({ name }) => name)).toEqual(['泰州市', '临湖县'])
  expect(school.children.map(({ name }) => name)).toEqual(['三(1)班', '三(2)班'])
  const other = await page(officer, town.units.schoolB.id)
  expect(other.posts.find((one) => one.post === 'principal')).toMatchObject({
    holders: [],
    passesTo: { post: 'county-aid-officer', name: '陆专干' },
  })
})

test('nothing is said of the people of a school that is not one’s own, and nothing can be kept there', async () => {
  const other = await page(principal, town.units.schoolB.id)
  expect(other).toMatchObject({ posts: [], mayKeep: false })
  expect(other.unit.name).toBe('临湖县第二中学')
})

test('[C1] a school without its centre shows it missing; one that is incomplete says what it lacks', async () => {
  expect((await page(principal, town.units.schoolA.id)).bodiesMissing).toEqual([
    { kind: 'support-centre', label: '学生发展支持中心' },
  ])
  expect((await page(principal, town.units.classA1.id)).bodiesMissing).toEqual([])
  const head = await town.actorOf(principal)
  const body = {
    id: uuidv7(),
    kind: 'support-centre' as const,
    name: '学生发展支持中心',
    place: ' ',
    document: null,
    fromDate: testDay,
    members: [{ personId: principal.id, role: 'head' as const }],
  }
  const establish = (unitId: string, wish = body) => establishBody(town.services, whyNotPermitted, head, unitId, wish)
  await establish(town.units.schoolA.id)
  await expect(establish(town.units.schoolA.id)).resolves.toEqual({ id: body.id })
  const school = await page(principal, town.units.schoolA.id)
  expect(school.bodiesMissing).toEqual([])
  expect(school.bodies).toMatchObject([
    { members: [{ name: '李校长', role: 'head' }], missing: ['固定场所', '工作人员'] },
  ])
  await expect(establish(town.units.schoolA.id, { ...body, id: uuidv7() })).rejects.toMatchObject({
    code: 'organisations.body-stands',
  })
  await expect(establish(town.units.schoolB.id, { ...body, id: uuidv7() })).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
  await expect(
    establish(town.units.schoolA.id, {
      ...body,
      id: uuidv7(),
      kind: 'leadership-group' as never,
      members: [
        { personId: principal.id, role: 'head' },
        { personId: teacher.id, role: 'head' },
      ],
    }),
  ).rejects.toMatchObject({ code: 'organisations.two-heads' })
})

test('[C21] a leadership group stands at the school and at the office above it, each with its head and members', async () => {
  const group = (head: TestPerson, member: TestPerson) => ({
    id: uuidv7(),
    kind: 'leadership-group' as const,
    name: '工作领导小组',
    place: null,
    document: null,
    fromDate: testDay,
    members: [
      { personId: head.id, role: 'head' as const },
      { personId: member.id, role: 'member' as const },
    ],
  })
  const leader = await town.addPerson(town.units.county, '石副局长')
  const found = async (who: TestPerson, unit: { readonly id: string }, wish: ReturnType<typeof group>) =>
    establishBody(town.services, whyNotPermitted, await town.actorOf(who), unit.id, wish)
  const groupAt = async (unit: { readonly id: string }) =>
    (await page(officer, unit.id)).bodies.find(({ kind }) => kind === 'leadership-group')
  expect(await groupAt(town.units.county)).toBeUndefined()
  await found(officer, town.units.county, group(leader, officer))
  await found(principal, town.units.schoolA, group(principal, teacher))
  const named = (of: Awaited<ReturnType<typeof groupAt>>) => of?.members.map(({ name, role }) => [name, role])
  expect(named(await groupAt(town.units.county))).toEqual([
    ['石副局长', 'head'],
    ['陆专干', 'member'],
  ])
  expect(named(await groupAt(town.units.schoolA))).toEqual([
    ['李校长', 'head'],
    ['王老师', 'member'],
  ])
  await expect(found(principal, town.units.county, group(principal, teacher))).rejects.toMatchObject({
    code: 'people.not-permitted',
  })
})
