import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FlowStep } from '#contract/policies'
import { type Child, openWorld, type World } from '../test-world.ts'
import { whyNotYet } from './first-things.ts'

let world: World
let child: Child
let other: Child

beforeAll(async () => {
  world = await openWorld()
  ;[child, other] = world.children.a1 as [Child, Child]
})
afterAll(() => world.close())

const step: FlowStep = {
  id: 'confirm',
  label: '确认',
  on: true,
  by: ['school-aid-officer'],
  needsReason: false,
  first: [{ record: 'home-visit', number: 1, where: {}, days: 30, exceptBy: ['principal'] }],
}

test('[C5] visited first, recognised after: the names still to be visited are told, and a visit too old does not count', async () => {
  const aid = await (await world.someone('school-aid-officer', world.units.schoolA)).actor()
  const head = await (await world.someone('principal', world.units.schoolA)).actor()
  const inForce = world.program.registry.inForce(world.units.schoolA.path, world.day)
  const ask = (by: typeof aid, reason: string | null, asked = step) =>
    world.program.services.door.asJob('importer', (db) =>
      whyNotYet(db, inForce, asked, {
        schoolId: child.schoolId,
        students: [child, other],
        by,
        reason,
        on: world.day,
      }),
    )
  const visit = (student: Child, on: string, mode: number | null = null) =>
    world.owner.query(
      `insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, act_date, author_id, mode)
       values ($1, $2, $3, $4, 1, 2, $5, $6, $7)`,
      [student.schoolId, student.id, uuidv7(), student.scope, on, aid.personId, mode],
    )
  await visit(child, '2025-11-01')
  await visit(other, '2025-09-01')
  const refusal = await ask(aid, null)
  expect(refusal).toMatchObject({ code: 'recognition.first-things', fields: [{ field: other.id }] })
  expect(refusal?.sentence).toMatch(/^1 名学生须先完成.*家访.*30 天内/)
  // A post the rule excepts goes on with a written reason, not without.
  expect(await ask(head, null)).toMatchObject({ code: 'recognition.first-things' })
  expect(await ask(head, '家中突发火灾,先认定后补访')).toBeUndefined()
  await visit(other, '2025-11-20')
  expect(await ask(aid, null)).toBeUndefined()
  // Where the rule asks how it was done, a visit that does not say so is no visit.
  const onSite: FlowStep = { ...step, first: step.first.map((one) => ({ ...one, where: { mode: [1] } })) }
  await visit(child, '2025-11-19', 1)
  await visit(other, '2025-11-19', 2)
  expect(await ask(aid, null, onSite)).toMatchObject({ fields: [{ field: other.id }] })
})
