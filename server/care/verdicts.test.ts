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
import { askEveryCell, askOpenings, askOutsider } from '../flows/verdict-table.ts'
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
  people.stranger = await world.someone('principal', world.units.schoolB, '外校校长')
  const paired = await world.call(people['school-aid-officer'] as Someone, pairMentor, {
    params: { schoolId: child.schoolId, studentId: child.id },
    body: { id: uuidv7(), mentorId: people.mentor?.personId ?? '', fromDate: world.day },
  })
  expect(paired.status).toBe(200)
}, 240_000)
afterAll(() => world.close())

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
    `insert into flow_cases (school_id, id, flow, student_id, scope, secrecy, state, opened_by, applicant_id, place, assigned, desks)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)`,
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

// By their post alone they reach no student: whom they have nothing to do with is not there for them.
const reachNobody = ['teacher', 'county-cadre', 'partner-officer', 'community-worker']

describe.each(asked)('[G3 G33 Z9] in %s the table of $id', (capability, flow) => {
  test('is the reviewed one, cell by cell', () => {
    expect(verdictsOf(flow, postIds)).toEqual(cellsOf(read(capability, flow), postIds))
  })

  test('is what the running server answers, in every cell', { timeout: 900_000 }, async () => {
    const cells = cellsOf(read(capability, flow), postIds)
    expect(cells.filter(({ verdict }) => verdict === 'may').length).toBeGreaterThan(3)
    const wrong = await askEveryCell({ world, flow, cells, people, arrange: arrange(flow) })
    expect(wrong.filter((cell) => !notAtDesk(flow)(cell))).toEqual([])
  })

  test('opens for whoever the table lets begin it and for nobody else', { timeout: 300_000 }, async () => {
    const cells = cellsOf(read(capability, flow), postIds)
    const about = world.program.engine.procedureOf(flow.id).about !== 'none' && flow.seenBy !== 'desk'
    const wrong = await askOpenings({ world, flow, cells, people, arrange: arrange(flow) }, child, about)
    expect(
      wrong.filter(({ role, answered }) => !(reachNobody.includes(role) && answered === 'platform.not-found')),
    ).toEqual([])
  })

  test('lets an outsider make no move in any state', { timeout: 300_000 }, async () => {
    const cells = cellsOf(read(capability, flow), postIds)
    const outsider = await world.someone('school-aid-officer', world.units.schoolB, '外校专干')
    expect(await askOutsider({ world, flow, cells, people, arrange: arrange(flow) }, outsider)).toEqual([])
  })
})
