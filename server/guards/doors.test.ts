import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportCoverage, exportCoverageOutside } from '#contract/counts'
import { whyNotLeave } from '#contract/guards'
import { doors, type OutwardDoor } from '#contract/policies'
import { readScene } from '../counts/scene.ts'
import { toldAbove } from '../counts/told-above.ts'
import { readWorkbook } from '../platform/spreadsheets/index.ts'
import { openWorld, type Someone, type World } from '../test-world.ts'

/** The question asked at every door, and figures for receivers outside; each door itself is tried in every-door.test.ts. */
let world: World
let principal: Someone
let teacher: Someone
let stranger: Someone

beforeAll(async () => {
  world = await openWorld('2025-11-20')
  const { units } = world
  for (const name of ['独孤明', '独孤亮']) await world.child(units.classA1, name, { protection: { key_student: true } })
  await world.classify(units.schoolA)
  principal = await world.someone('principal', units.schoolA)
  teacher = await world.someone('class-teacher', units.classA1)
  stranger = await world.someone('teacher', units.schoolA)
})
afterAll(() => world.close())

describe('[G3 C13] what is never published', () => {
  test('is one question at every door: procedures of the table, lists of the packs, and nothing else', () => {
    const { rules } = world.program.registry.inForce(world.units.schoolA.path, world.day)
    const leaves = (list: string, door: OutwardDoor, posts: string[] = [], neverPublished = false) =>
      whyNotLeave(rules, { list, door, posts, neverPublished }) === undefined
    for (const door of Object.keys(doors) as OutwardDoor[]) {
      expect(leaves('recognition-round', door), door).toBe(true)
      expect(leaves('key-student', door, ['teacher']), door).toBe(['statistic'].includes(door))
    }
    expect(leaves('key-student', 'list', ['principal'])).toBe(true)
    expect(leaves('key-student', 'announcement', ['principal'])).toBe(false)
    // A procedure nobody wrote into a pack yet is withheld by its own table: deny is the default.
    expect(leaves('a-new-procedure', 'print', ['principal'], true)).toBe(false)
    for (const { flow } of world.program.engine.procedures)
      if (flow.publication === 'never') expect(leaves(flow.id, 'announcement', ['principal']), flow.id).toBe(false)
  })
})

const cellsOf = async (content: Buffer): Promise<string[][]> => {
  const rows: string[][] = []
  for await (const { cells } of readWorkbook({ content, name: 'x.xlsx' })) rows.push([...cells])
  return rows
}

describe('[G3 C12] small figures', () => {
  const asked = () => ({ params: { unitId: world.units.schoolA.id } })

  test('are left out for a receiver outside; a school with two such children files its own table whole', async () => {
    const outside = await world.call(principal, exportCoverageOutside, asked())
    expect(outside.status).toBe(200)
    const told = (await cellsOf(outside.bytes)).slice(3)
    expect(told.length).toBeGreaterThan(2)
    const small = told.flatMap(([, ...cells]) => cells).filter((cell) => /^[0-4]$/.test(cell))
    expect(small).toEqual([])
    expect(told.flat()).toContain('—')
    // The control: within the chain the two are there.
    const inside = await cellsOf((await world.call(principal, exportCoverage, asked())).bytes)
    expect(inside.flat()).toContain('2')
  })

  test('left out of the county’s table are not told by the school’s own, nor add up to it', async () => {
    const { schoolA, schoolB, classA1, classA2 } = world.units
    const { services, registry, plans } = world.program
    // Many children of a class, so that the school by itself has something to tell.
    for (const unit of [classA1, classA2])
      for (let n = 0; n < 9; n++) await world.child(unit, `多${n}`, { family: { single_parent: true } })
    await world.classify(schoolA, schoolB)
    const told = async (need: number) => {
      await world.owner.query('update sums set need = 26, met = 13, reviewed = 0 where school_id = $1 and split = 0', [
        schoolA.id,
      ])
      await world.owner.query(
        `insert into sums (school_id, measure, period, split, scope, secrecy, need, met)
         select $2, measure, period, 0, $3, secrecy, $4::int, $4::int / 2 from sums where school_id = $1 and split = 0
         on conflict (school_id, measure, period, split) do update set need = excluded.need, met = excluded.met, reviewed = 0`,
        [schoolA.id, schoolB.id, schoolB.path, need],
      )
      const scene = await readScene(services, registry, plans, await principal.actor(), schoolA.id)
      const above = await toldAbove(services, registry, plans, scene)
      const { bytes } = await world.call(principal, exportCoverageOutside, asked())
      const own = (await cellsOf(bytes)).slice(3).flatMap(([, ...cells]) => cells)
      return { above: new Set(scene.views.map(({ number }) => above(number))), own: own.filter((cell) => cell !== '—') }
    }
    // The other school's three are hidden behind this one's row: so this one's own table tells nothing.
    const small = await told(3)
    expect(small.above.has('whole')).toBe(false)
    const large = await told(40)
    expect(large.above.has('whole')).toBe(true)
    expect(small.own).toEqual([])
  })

  test('are exported by nobody who may not export, and each export is on file', async () => {
    expect((await world.call(teacher, exportCoverageOutside, asked())).status).toBe(403)
    expect((await world.call(stranger, exportCoverageOutside, asked())).status).toBe(404)
    const { rowCount } = await world.owner.query(
      `select 1 from audit_entries where action = 'counts.export-coverage-outside' and outcome = 'exported' and actor_id = $1`,
      [principal.personId],
    )
    expect(rowCount).toBeGreaterThan(0)
  })
})
