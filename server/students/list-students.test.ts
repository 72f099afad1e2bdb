import { afterAll, beforeAll, expect, test } from 'vitest'
import { countStudents, listStudents, studentLines } from '#contract/students'
import { openWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const names = (students: readonly { name: string }[]) => students.map((student) => student.name)

test('a class teacher lists the children of the class and of no other', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1)
  const { status, body } = await world.call(teacher, listStudents, {})
  expect(status).toBe(200)
  expect(names(body.students).sort()).toEqual(world.children.a1.map((child) => child.name).sort())
})

test('every line has the names of its own class and school, which stand once per page', async () => {
  const officer = await world.someone('county-aid-officer', world.units.county)
  const { body } = await world.call(officer, listStudents, { query: { unit: world.units.county.id } })
  expect(body.classes).toHaveLength(3)
  const lines = studentLines(body)
  expect(lines).toHaveLength(15)
  const known = world.children.b1.map((child) => child.id)
  for (const line of lines) {
    expect(line.schoolName).toBe(known.includes(line.id) ? '柳堡初级中学' : '第一小学')
    expect(line.className).toMatch(known.includes(line.id) ? /^2024级/ : /^2023级/)
  }
})

test('a county officer lists every school of the county, page by page, each child once', async () => {
  const officer = await world.someone('county-aid-officer', world.units.county)
  const seen: string[] = []
  let after: string | null = null
  do {
    const { body }: { body: { students: { id: string }[]; after: string | null } } = await world.call(
      officer,
      listStudents,
      {
        query: { unit: world.units.county.id, limit: 4, ...(after ? { after } : {}) },
      },
    )
    seen.push(...body.students.map((student) => student.id))
    after = body.after
  } while (after)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBe(15)
  expect((await world.call(officer, countStudents, {})).body.total).toBe(15)
})

test('a name, its beginning or a number finds the child; a stranger finds nothing by the same words', async () => {
  const officer = await world.someone('county-aid-officer', world.units.county)
  const stranger = await world.someone('class-teacher', world.units.classB1)
  expect(names((await world.call(officer, listStudents, { query: { search: '赵' } })).body.students)).toEqual(['赵一'])
  expect(names((await world.call(stranger, listStudents, { query: { search: '赵' } })).body.students)).toEqual([])
})

test('[T2] a child on leave or gone stands in a list of its own, not among those at school', async () => {
  const officer = await world.someone('county-aid-officer', world.units.county)
  const [away, gone] = world.children.a1
  await world.owner.query('update students set status = 2 where id = $1', [away?.id])
  await world.owner.query('update students set status = 4 where id = $1', [gone?.id])
  const found = async (standing: 'on-leave' | 'left') => [
    names((await world.call(officer, listStudents, { query: { standing } })).body.students),
    (await world.call(officer, countStudents, { query: { standing } })).body.total,
  ]
  expect(await found('on-leave')).toEqual([[away?.name], 1])
  expect(await found('left')).toEqual([[gone?.name], 1])
  expect((await world.call(officer, countStudents, {})).body.total).toBe(13)
  const stranger = await world.someone('class-teacher', world.units.classB1)
  expect((await world.call(stranger, listStudents, { query: { standing: 'on-leave' } })).body.students).toEqual([])
  await world.owner.query('update students set status = 1 where id = any($1)', [[away?.id, gone?.id]])
})

test('nobody who is not signed in lists anything', async () => {
  expect((await world.call(null, listStudents, {})).status).toBe(401)
})

test('children of a class stand by the sound of their names, page by page, whatever the characters', async () => {
  const teacher = await world.someone('class-teacher', world.units.classA1)
  const called = ['邹婷', '王·阿依古丽', '曹梅', '𠮷田', '于龙', '陈晓']
  const before = world.children.a1.slice(0, called.length)
  for (const [index, child] of before.entries())
    await world.owner.query('update students set name = $1 where id = $2', [called[index], child.id])
  const seen: string[] = []
  let after: string | undefined
  do {
    const page: { body: { students: { name: string }[]; after: string | null } } = await world.call(
      teacher,
      listStudents,
      { query: { limit: 1, ...(after ? { after } : {}) } },
    )
    seen.push(...names(page.body.students))
    after = page.body.after ?? undefined
  } while (after)
  for (const child of before)
    await world.owner.query('update students set name = $1 where id = $2', [child.name, child.id])
  // Rare characters lie before the common ones.
  const wanted = ['𠮷田', '曹梅', '陈晓', '王·阿依古丽', '于龙', '邹婷']
  expect(seen.filter((name) => wanted.includes(name))).toEqual(
    wanted.filter((name) => called.slice(0, before.length).includes(name)),
  )
  expect(before.length).toBeGreaterThan(4)
})
