import { afterAll, beforeAll, expect, test } from 'vitest'
import { listUnits } from '#contract/organisations'
import { openWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const lay = (
  parent: { id: string; path: string },
  kind: string,
  units: readonly (readonly [string, number | null])[],
) =>
  Promise.all(
    units.map(([name, grade], index) =>
      world.owner.query(
        `insert into units (id, parent_id, path, kind, name, grade, school_id) values (gen_random_uuid(), $1, $2, $3, $4, $5, null)`,
        [parent.id, `${parent.path}z${index}.`, kind, name, grade],
      ),
    ),
  )

const below = async (parentId: string): Promise<string[]> => {
  const officer = await world.someone('county-aid-officer', world.units.county)
  const { body } = await world.call(officer, listUnits, { query: { parent: parentId } })
  return body.units.map(({ name }) => name)
}

test('[T2] classes stand by grade and number, schools by number and sound, as people count and call them', async () => {
  const classes = [
    ['三(1)班', 3],
    ['二(10)班', 2],
    ['二(2)班', 2],
    ['一(1)班', 1],
  ] as const
  await lay(world.units.schoolA, 'class', classes)
  const ordered = (await below(world.units.schoolA.id)).filter((name) => classes.some(([one]) => one === name))
  expect(ordered).toEqual(['一(1)班', '二(2)班', '二(10)班', '三(1)班'])

  const schools = ['第十中学', '邹庄小学', '第二中学', '第一中学', '曹甸小学', '第九中学'].map(
    (name) => [name, null] as const,
  )
  await lay(world.units.county, 'primary', schools)
  const listed = (await below(world.units.county.id)).filter((name) => schools.some(([one]) => one === name))
  expect(listed).toEqual(['曹甸小学', '第一中学', '第二中学', '第九中学', '第十中学', '邹庄小学'])
})
