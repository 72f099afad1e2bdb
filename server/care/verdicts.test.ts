import { readFileSync } from 'node:fs'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { careListing, emergencyAid, followUp } from '#contract/care'
import { cellsOf, type Flow, stateOf, type VerdictTable, verdictsOf } from '#contract/flows'
import { pairMentor } from '#contract/mentoring'
import { postIds } from '#contract/people'
import { handOver } from '#contract/referrals'
import { standingFlow, transferFlow } from '#contract/schooling'
import { secrecyDomains } from '#contract/students'
import { mandatoryReport, mistreatment, voice } from '#contract/voices'
import { askEveryCell, askOpenings, askOutsider, type TableAsked } from '../flows/verdict-table.ts'
import { procedures } from '../procedures.ts'
import { addGuardian, addStudentAccount } from '../test-family.ts'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

const asked: readonly (readonly [string, Flow])[] = [
  ['care', careListing],
  ['care', emergencyAid],
  ['care', followUp],
  ['referrals', handOver],
  ['voices', voice],
  ['voices', mistreatment],
  ['voices', mandatoryReport],
  ['schooling', transferFlow],
  ['schooling', standingFlow],
]
const read = (capability: string, flow: Flow): VerdictTable =>
  JSON.parse(readFileSync(new URL(`../../contract/${capability}/${flow.id}.verdicts.json`, import.meta.url), 'utf8'))

const inClass = ['class-teacher', 'counsellor', 'teacher']
const inCounty = ['county', 'auditor', 'administrator']
const office = { id: uuidv7(), path: 'a.t.c.o7.', name: '柳堡社区' }

let world: World
let child: Child
let people: Record<string, Someone>

const placeOf = (post: string) => {
  if (post === 'partner-officer' || post === 'community-worker') return office
  if (inClass.includes(post)) return world.units.classA1
  return inCounty.some((start) => post.startsWith(start)) ? world.units.county : world.units.schoolA
}

beforeAll(async () => {
  // Papers that leave every step of the tables as it stands: no pack but the nation's says who sees what.
  world = await openWorld()
  await world.owner.query(`delete from pack_adoptions where issuer <> 'national'`)
  await world.program.registry.refresh()
  await world.owner.query(`insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'office', $4)`, [
    office.id,
    world.units.county.id,
    office.path,
    office.name,
  ])
  child = world.children.a1[0] as Child
  people = {}
  for (const post of postIds) people[post] = await world.someone(post, placeOf(post))
  people.guardian = await addGuardian(world, child)
  people.student = await addStudentAccount(world, child)
  people.applicant = await world.someone('auditor', world.units.county, '申请人')
  people.assigned = await world.someone('auditor', world.units.county, '经办人')
  // Of a post that no procedure names: what they may, they may as who sits on the panel.
  for (const role of ['panel-member', 'panel-chair'])
    people[role] = await world.someone('auditor', world.units.county, role)
  await seatPanel()
  people.stranger = await world.someone('principal', world.units.schoolB, '外校校长')
  const paired = await world.call(people['school-aid-officer'] as Someone, pairMentor, {
    params: { schoolId: child.schoolId, studentId: child.id },
    body: { id: uuidv7(), mentorId: people.mentor?.personId ?? '', fromDate: world.day },
  })
  expect(paired.status).toBe(200)
})
afterAll(() => world.close())

// A sitting over the key list, of which two are members by name.
const panelId = uuidv7()
const seatPanel = async (): Promise<void> => {
  const { schoolA } = world.units
  await world.owner.query(
    `insert into flow_panels (id, flow, state, secrecy, unit_id, unit_path, label, least, share, convened_by, convened_by_name, convened_at)
     values ($1, $2, 'reviewing', $3, $4, $5, '事项', 2, 60, $6, '王', now())`,
    [
      panelId,
      careListing.id,
      secrecyDomains[careListing.domain].code,
      schoolA.id,
      schoolA.path,
      people.principal?.personId,
    ],
  )
  for (const [place, role] of ['panel-chair', 'panel-member'].entries())
    await world.owner.query(
      `insert into flow_panel_members (panel_id, seat, person_id, name, side, chair, place) values ($1, $2, $3, $4, 'teacher', $5, $6)`,
      [panelId, uuidv7(), people[role]?.personId, role, place === 0, place],
    )
}

// The desk of a state and nobody else's: who stands at a desk stands in for all its posts.
const arrange = (flow: Flow) => async (state: string) => {
  const caseId = uuidv7()
  const hidden = flow.seenBy === 'desk'
  const desk =
    !hidden && flow.id !== handOver.id
      ? []
      : (stateOf(flow, state)?.desk ?? []).filter(
          (role) => postIds.some((post) => post === role) && !unseen.includes(role),
        )
  await world.owner.query(
    `insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, opened_by, applicant_id, place, assigned, desks, panel_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11, $12)`,
    [
      child.schoolId,
      caseId,
      flow.id,
      hidden ? null : child.id,
      hidden ? `!${child.scope}` : child.scope,
      secrecyDomains[flow.domain].code,
      state,
      people.applicant?.personId,
      child.scope,
      [people.assigned?.personId],
      desk.map((post) => `${placeOf(post).path}~${post}`),
      flow.id === careListing.id ? panelId : null,
    ],
  )
  return { schoolId: child.schoolId, caseId }
}

// What only its desk sees is not found by a post that may act once the case comes to its desk.
const unseen = ['county-psychology-officer']
const notAtDesk = (flow: Flow) => (cell: { state: string; role: string; verdict: string; answered: string }) =>
  cell.verdict === 'may' &&
  cell.answered === 'platform.not-found' &&
  ((flow.id === handOver.id && unseen.includes(cell.role)) ||
    (flow.seenBy === 'desk' && !stateOf(flow, cell.state)?.desk?.some((role) => role === cell.role)))

// What is asked for names a department or a school that is there.
const requests: Readonly<Record<string, Pick<TableAsked, 'content' | 'fields'>>> = {
  'hand-over': { content: { asked: '请走访', told: '近期搬家', until: '2025-12-01', department: 1 } },
  transfer: { fields: { send: { to_school: '柳堡初级中学', left_on: '2025-11-19', consent: true } } },
}

// By their post alone they reach no student: whom they have nothing to do with is not there for them.
const reachNobody = ['teacher', 'county-cadre', 'partner-officer', 'community-worker']

test('every procedure of the product is asked, here or beside the yearly round', () => {
  const beside = ['recognition-round', 'recognition-objection']
  expect([...asked.map(([, { id }]) => id), ...beside].sort()).toEqual(procedures.map(({ flow }) => flow.id).sort())
})

describe.each(asked.map(([capability, flow]) => [capability, flow.id, flow] as const))(
  '[G3 G33 Z9] in %s the table of %s',
  (capability, _, flow) => {
    test('is the reviewed one, cell by cell', () => {
      expect(verdictsOf(flow, postIds)).toEqual(cellsOf(read(capability, flow), postIds))
    })

    test('is what the running server answers, in every cell', async () => {
      const cells = cellsOf(read(capability, flow), postIds)
      expect(cells.filter(({ verdict }) => verdict === 'may').length).toBeGreaterThan(3)
      const wrong = await askEveryCell({ world, flow, cells, people, arrange: arrange(flow) })
      expect(wrong.filter((cell) => !notAtDesk(flow)(cell))).toEqual([])
    })

    test('opens for whoever the table lets begin it and for nobody else', async () => {
      const cells = cellsOf(read(capability, flow), postIds)
      const about = world.program.engine.procedureOf(flow.id).about !== 'none'
      const asked = { world, flow, cells, people, arrange: arrange(flow), ...requests[flow.id] }
      const wrong = await askOpenings(asked, child, about)
      expect(
        wrong.filter(({ role, answered }) => !(reachNobody.includes(role) && answered === 'platform.not-found')),
      ).toEqual([])
    })

    test('lets an outsider make no move in any state', async () => {
      const cells = cellsOf(read(capability, flow), postIds)
      const outsider = await world.someone('school-aid-officer', world.units.schoolB, '外校专干')
      expect(await askOutsider({ world, flow, cells, people, arrange: arrange(flow) }, outsider)).toEqual([])
    })
  },
)
