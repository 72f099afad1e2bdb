import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getCoverage } from '#contract/counts'
import { endPairing, myStudents, pairMentor } from '#contract/mentoring'
import { openWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('pairing a mentor moves coverage five at once, ending it moves it back, and the mentor sees what is due next [C16 C12]', async () => {
  const child = await world.child(world.units.classA1, '结对', { protection: { key_student: true } })
  await world.classify(world.units.schoolA)
  const principal = await world.someone('principal', world.units.schoolA)
  const mentor = await world.someone('teacher', world.units.schoolA, '导师甲')
  const five = async () =>
    (await world.call(principal, getCoverage, { params: { unitId: world.units.schoolA.id } })).body.total['5']
  expect(await five()).toMatchObject({ need: 1, met: 0 })
  const key = { schoolId: child.schoolId, studentId: child.id }
  const id = uuidv7()
  const paired = await world.call(principal, pairMentor, {
    params: key,
    body: { id, mentorId: mentor.personId, fromDate: world.day },
  })
  expect(paired.status).toBe(200)
  expect(await five()).toMatchObject({ need: 1, met: 1 })
  const mine = await world.call(mentor, myStudents)
  expect(mine.body.students).toMatchObject([
    { name: '结对', nextTitle: '成长辅导', nextDue: expect.stringMatching(/^2026-/) },
  ])
  const ended = await world.call(principal, endPairing, {
    params: { ...key, pairingId: id },
    body: { untilDate: world.day, reason: '工作调动' },
  })
  expect(ended.status).toBe(200)
  expect(await five()).toMatchObject({ need: 1, met: 0 })
})
