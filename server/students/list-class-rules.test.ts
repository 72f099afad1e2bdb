import { afterAll, beforeAll, expect, test } from 'vitest'
import { listRecordKinds } from '#contract/records'
import { listClassRules, secrecyDomains } from '#contract/students'
import { openWorld, type Someone, type Unit, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const classesOf = async (who: Someone) => (await world.call(who, listClassRules)).body.rules
const kindsOf = async (who: Someone) => (await world.call(who, listRecordKinds)).body.kinds
const allOnFile = async () =>
  (
    await world.owner.query<{ number: number; secrecy: number; key: string }>(
      `select number, secrecy, key from policy_rules where kind = 'class'`,
    )
  ).rows

test('[C24] whoever cares for nobody is told of no class and no kind of record; a class teacher beside him is', async () => {
  const stranger = await world.someone('teacher', world.units.schoolA)
  expect([await classesOf(stranger), await kindsOf(stranger)]).toEqual([[], []])
  const mentorOfNobody = await world.someone('mentor', world.units.schoolA)
  expect([await classesOf(mentorOfNobody), await kindsOf(mentorOfNobody)]).toEqual([[], []])
  const teacher = await world.someone('class-teacher', world.units.classA1)
  expect((await classesOf(teacher)).length).toBeGreaterThan(0)
  expect((await kindsOf(teacher)).map(({ id }) => id)).toContain('home-visit')
})

test('[C24] a class teacher is named no class of a domain closed to the post, which the principal is named', async () => {
  const open: number[] = ['general', 'family', 'schooling'].map((id) => secrecyDomains[id as 'family'].code)
  const closedTo = async (post: string, unit: Unit) =>
    (await classesOf(await world.someone(post, unit))).filter(({ secrecy }) => !open.includes(secrecy))
  expect(await closedTo('class-teacher', world.units.classA1)).toEqual([])
  expect((await closedTo('principal', world.units.schoolA)).length).toBeGreaterThan(0)
})

test('classes of packs that nobody within reach adopted are not offered, those of a school below are', async () => {
  const officer = await world.someone('county-aid-officer', world.units.county)
  const file = await allOnFile()
  const issuers = async () => {
    const offered = new Set((await classesOf(officer)).map(({ rule }) => rule))
    return new Set(file.filter(({ number }) => offered.has(number)).map(({ key }) => key.split('/')[0]))
  }
  expect(file.some(({ key }) => key.startsWith('xuzhou/'))).toBe(true)
  expect(await issuers()).not.toContain('xuzhou')
  await world.owner.query(
    `insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date)
     select gen_random_uuid(), id, path, 'xuzhou', '1.0.0', '2024-09-01' from units where id = $1`,
    [world.units.schoolA.id],
  )
  await world.program.registry.refresh()
  expect(await issuers()).toContain('xuzhou')
})
