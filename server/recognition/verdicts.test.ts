import { readFileSync } from 'node:fs'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cellsOf, type Flow, type VerdictTable, verdictsOf, whyNotMove } from '#contract/flows'
import { postIds } from '#contract/people'
import { getAnnouncement, object, objectionFlow, roundFlow } from '#contract/recognition'
import { askEveryCell, askOpenings, askOutsider } from '../flows/verdict-table.ts'
import { addGuardian, addStudentAccount } from '../test-family.ts'
import { type Child, openWorld, type Someone, type Unit, type World } from '../test-world.ts'

const read = (flow: Flow): VerdictTable =>
  JSON.parse(readFileSync(new URL(`../../contract/recognition/${flow.id}.verdicts.json`, import.meta.url), 'utf8'))

const inClass = ['class-teacher', 'counsellor', 'mentor', 'teacher']
const inCounty = ['county', 'auditor', 'administrator', 'partner', 'community']

let world: World
let child: Child
let people: Record<string, Someone>
const panelId = uuidv7()
let line: string

const placeOf = (post: string): Unit => {
  if (inClass.includes(post)) return world.units.classA1
  return inCounty.some((start) => post.startsWith(start)) ? world.units.county : world.units.schoolA
}

beforeAll(async () => {
  world = await openWorld()
  child = world.children.a1[0] as Child
  people = {}
  for (const post of postIds) people[post] = await world.someone(post, placeOf(post))
  people.guardian = await addGuardian(world, child)
  people.student = await addStudentAccount(world, child)
  people.applicant = await world.someone('auditor', world.units.county, '申请人')
  people.assigned = await world.someone('teacher', world.units.schoolA, '经办人')
  people['panel-member'] = await world.someone('teacher', world.units.schoolA, '成员')
  people['panel-chair'] = await world.someone('teacher', world.units.schoolA, '组长')
  people.stranger = await world.someone('principal', world.units.schoolB, '外校校长')
  await world.owner.query(
    `insert into flow_panels (id, flow, state, secrecy, unit_id, unit_path, label, least, share, convened_by, convened_by_name, convened_at)
     values ($1, 'recognition-round', 'class-review', 2, $2, $3, '事项', 3, 60, $4, '王', now())`,
    [panelId, world.units.classA1.id, world.units.classA1.path, people.principal?.personId],
  )
  for (const [place, role] of ['panel-chair', 'panel-member'].entries())
    await world.owner.query(
      `insert into flow_panel_members (panel_id, seat, person_id, name, side, chair, place) values ($1, $2, $3, $4, 'teacher', $5, $6)`,
      [panelId, uuidv7(), people[role]?.personId, role, place === 0, place],
    )
  line = await beginYear()
})
afterAll(() => world.close())

// A year's round is on, and a line of it is announced, so that there is something to ask for and something to object to.
const beginYear = async (): Promise<string> => {
  const { province, schoolA } = world.units
  const announced = world.children.a2[0] as Child
  await world.owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     values ($1, $2, $3, 2025, 1, '2025-11-10', '2025-11-14', '2025-12-14', '学年申请', $1, '省')`,
    [uuidv7(), province.id, province.path],
  )
  await world.owner.query(
    `insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, opened_by, applicant_id, place, due_at, payload)
     values ($1, $2, $3, $4, $5, 2, 'announcement', $2, $2, $5, '2025-12-01', '{"level": 21}')`,
    [announced.schoolId, uuidv7(), roundFlow.id, announced.id, announced.scope],
  )
  const told = await world.call(people.principal as Someone, getAnnouncement, { params: { schoolId: schoolA.id } })
  return told.body.lines[0]?.line ?? ''
}

const arrange = (flow: Flow) => async (state: string) => {
  const caseId = uuidv7()
  const aboutStudent = flow.id === roundFlow.id
  const applicant = people.applicant?.personId
  await world.owner.query(
    `insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, opened_by, applicant_id, place, panel_id, assigned, desks)
     values ($1, $2, $3, $4, $5, 2, $6, $7, $7, $8, $9, $10, $11)`,
    [
      child.schoolId,
      caseId,
      flow.id,
      aboutStudent ? child.id : null,
      aboutStudent ? child.scope : `!${world.units.schoolA.path}`,
      state,
      applicant,
      aboutStudent ? child.scope : world.units.schoolA.path,
      panelId,
      [people.assigned?.personId],
      aboutStudent
        ? []
        : deskPosts.map(
            (post) => `${post.startsWith('county') ? world.units.county.path : world.units.schoolA.path}~${post}`,
          ),
    ],
  )
  return { schoolId: child.schoolId, caseId }
}
const deskPosts = ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer']
const fields = {
  match: { number: '不存在' },
  judge: { choice: 21 },
  'change-college': { level: 21 },
  'change-school': { level: 21 },
  'decide-level': { level: 21 },
  adjust: { level: 21 },
  'keep-otherwise': { level: 21 },
  answer: { upheld: false },
}

const flows = [roundFlow as Flow, objectionFlow as Flow]
describe.each(flows)('[C8 C19] the table of $id', (flow) => {
  test('is the reviewed one, cell by cell', () => {
    expect(verdictsOf(flow, postIds)).toEqual(cellsOf(read(flow), postIds))
  })

  test('is what the running server answers, in every cell', async () => {
    const cells = cellsOf(read(flow), postIds)
    expect(cells.length).toBeGreaterThan(100)
    expect(await askEveryCell({ world, flow, cells, people, arrange: arrange(flow), fields })).toEqual([])
  })

  test('opens for whoever the table lets begin it and for nobody else', async () => {
    const cells = cellsOf(read(flow), postIds)
    const content = flow.id === objectionFlow.id ? { line, facts: '家里有车', anonymous: false } : undefined
    const asked = { world, flow, cells, people, arrange: arrange(flow), fields, ...(content && { content }) }
    expect(await askOpenings(asked, child, flow.id === roundFlow.id)).toEqual([])
  })

  test('lets an outsider make no move in any state, and nobody a move that is not listed', async () => {
    const cells = cellsOf(read(flow), postIds)
    const asked = { world, flow, cells, people, arrange: arrange(flow), fields }
    const outsider = await world.someone('school-aid-officer', world.units.schoolB, '外校专干')
    expect(await askOutsider(asked, outsider)).toEqual([])
    const roles = [...postIds, 'guardian', 'applicant', 'panel-chair', 'clock']
    const unlisted = Object.keys(flow.states).map(
      (state) => whyNotMove(flow, { state, move: 'new-move', roles, reason: '有' })?.code,
    )
    expect(new Set(unlisted)).toEqual(new Set(['flows.no-such-move']))
  })
})

test('[C19] the address for objections lets in whoever belongs to the school, and no stranger', async () => {
  const answered: Record<string, string> = {}
  for (const [role, who] of Object.entries(people)) {
    const body = {
      id: uuidv7(),
      stepId: uuidv7(),
      line,
      facts: '他家上个月刚买了一辆新车',
      anonymous: role.length % 2 === 0,
    }
    const { status, body: answer } = await world.call(who, object, { params: { schoolId: child.schoolId }, body })
    answered[role] = status === 200 ? 'may' : (answer.refusal?.code ?? String(status))
  }
  const expected = Object.keys(people).map((role) => [role, role === 'stranger' ? 'platform.not-found' : 'may'])
  expect(answered).toEqual(Object.fromEntries(expected))
})
