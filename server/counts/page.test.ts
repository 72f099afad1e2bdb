import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freezeCoverage, getCoverage, getFrozenCoverage } from '#contract/counts'
import { addRecord } from '#contract/records'
import { openWorld, type Someone, type World } from '../test-world.ts'

let world: World
let officer: Someone
const more = 60

const addUnit = async (parent: { id: string; path: string }, kind: string, name: string, short: string, sort = 0) => {
  const unit = { id: uuidv7(), path: `${parent.path}${short}.`, name }
  const isSchool = kind === 'primary' || kind === 'teaching-point'
  await world.owner.query(
    'insert into units (id, parent_id, path, kind, name, urban, stage, school_id, sort) values ($1, $2, $3, $4, $5, 2, 2, $6, $7)',
    [unit.id, parent.id, unit.path, kind, name, isSchool ? unit.id : null, sort],
  )
  return unit
}

beforeAll(async () => {
  world = await openWorld()
  const { county, schoolA, schoolB } = world.units
  const facts = { family: { hardship_level: 1, left_behind: 1 }, protection: { key_student: true } }
  await addUnit(schoolA, 'teaching-point', '第一小学河西教学点', 'p1')
  await addUnit(county, 'office', '学生科', 'o1')
  const closed = await addUnit(county, 'primary', '并走小学', 'z1')
  await world.owner.query(`update units set closed_on = '2020-07-01' where id = $1`, [closed.id])
  for (let n = 0; n < more; n++)
    await addUnit(county, 'primary', n === 7 ? '“"北\\港"小学' : `第${(n * 37) % more}乡小学`, `m${n}`, n % 3)
  const hard = [
    await world.child(world.units.classA1, '甲一', facts),
    await world.child(world.units.classA1, '甲二', facts),
    await world.child(world.units.classB1, '丙一', facts),
    await world.child(world.units.classB1, '丙二', facts),
    await world.child(world.units.classB1, '丙三', facts),
  ]
  await world.classify(schoolA, schoolB)
  officer = await world.someone('county-aid-officer', county)
  for (const [post, unit, child] of [
    ['class-teacher', world.units.classA1, hard[0]],
    ['class-teacher', world.units.classB1, hard[2]],
  ] as const) {
    const teacher = await world.someone(post, unit)
    await world.call(teacher, addRecord, {
      params: { schoolId: child?.schoolId ?? '' },
      body: { id: uuidv7(), kind: 1, studentIds: [child?.id ?? ''], actDate: '2025-11-10', mode: 1, fields: {} },
    })
  }
})
afterAll(() => world.close())

const page = async (
  query: Record<string, string | number>,
  who = officer,
  unit: { id: string } = world.units.county,
) => {
  const { status, body } = await world.call(who, getCoverage, { params: { unitId: unit.id }, query })
  expect(status).toBe(200)
  return body
}

// Looked through by part of a name every unit has, all are read and laid out apart from the database.
const whole = async () => {
  const pages = [await page({ find: '学' })]
  while (pages.at(-1)?.after) pages.push(await page({ find: '学', after: pages.at(-1)?.after ?? 0 }))
  return pages
}

test('a page of fifty is the whole page cut in pieces: the same units in the same order with the same figures [C12]', async () => {
  const first = await page({})
  const second = await page({ after: first.after ?? 0 })
  expect([first.rows.length, second.rows.length]).toEqual([50, 12])
  expect([first.below, first.after, second.after]).toEqual([62, 50, null])
  const [one, two] = await whole()
  expect({ ...first }).toEqual({ ...one })
  expect({ ...second }).toEqual({ ...two })
  const all = [...first.rows, ...second.rows]
  expect(all.map(({ name }) => name)).not.toContain('并走小学')
  expect(all.map(({ name }) => name)).toContain('“"北\\港"小学')
  expect(new Set(all.map(({ unitId }) => unitId)).size).toBe(62)
})

test('the figures of a county are those of its schools together, and of a full count [C12]', async () => {
  const first = await page({})
  const rows = [...first.rows, ...(await page({ after: 50 })).rows]
  for (const [id, total] of Object.entries(first.total)) {
    const sum = (of: 'need' | 'met') => rows.reduce((all, { figures }) => all + (figures[id]?.[of] ?? 0), 0)
    // The county itself must have a centre, beside its schools.
    expect([id, sum('need'), sum('met')]).toEqual([id, id === '1' ? total.need - 1 : total.need, total.met])
  }
  const { rows: counted } = await world.owner.query(
    `select count(*)::int as need from class_spells s join policy_rules r on r.number = s.rule and r.key = 'national/hardship' where s.until is null`,
  )
  expect(first.total['2']).toEqual({ need: counted[0].need, met: 2, reviewed: 0 })
  expect(counted[0].need).toBeGreaterThan(4)
})

test('what a teaching point has is counted with the school it stands under, and a centre where it is', async () => {
  const { schoolA } = world.units
  const before = (await page({ after: 0 })).rows.concat((await page({ after: 50 })).rows)
  const { rows } = await world.owner.query(`select id, path from units where name = '第一小学河西教学点'`)
  const [measured] = (
    await world.owner.query(`select measure, period from sums where split = 0 and school_id = $1 order by measure`, [
      schoolA.id,
    ])
  ).rows
  await world.owner.query(
    `insert into sums (school_id, measure, period, split, scope, secrecy, need, met) values ($1, $2, $3, 0, $4, 1, 7, 3)
     on conflict (school_id, measure, period, split) do update set need = 7, met = 3`,
    [rows[0].id, measured.measure, measured.period, rows[0].path],
  )
  const bodyId = uuidv7()
  await world.owner.query(
    `insert into bodies (id, unit_id, scope, kind, name, place, from_date) values ($1, $2, $3, 'support-centre', '中心', '二楼', '2024-09-01')`,
    [bodyId, rows[0].id, rows[0].path],
  )
  for (const role of ['head', 'member'])
    await world.owner.query(
      `insert into body_members (id, body_id, scope, person_id, role, from_date) values ($1, $2, $3, $4, $5, '2024-09-01')`,
      [uuidv7(), bodyId, rows[0].path, officer.personId, role],
    )
  const after = (await page({})).rows.concat((await page({ after: 50 })).rows)
  const of = (some: typeof after, id: string) => some.find(({ unitId }) => unitId === schoolA.id)?.figures[id]
  expect(of(after, '1')).toEqual({ need: 2, met: 1, reviewed: null })
  const moved = Object.keys(after[0]?.figures ?? {}).filter((id) => of(after, id)?.met !== of(before, id)?.met)
  expect(moved.length).toBe(2)
  expect([await page({})]).toEqual([(await whole())[0]])
  // Control: a centre that has ended is none.
  await world.owner.query(`update bodies set until_date = '2024-10-01' where id = $1`, [bodyId])
  expect(of((await page({})).rows.concat((await page({ after: 50 })).rows), '1')?.met).toBe(0)
})

test('units stand by how far a coverage is, over all pages, those with nobody to cover last', async () => {
  const least = await page({ by: 2, order: 'least' })
  const most = await page({ by: 2, order: 'most' })
  const shares = ({ rows }: typeof least) =>
    rows.flatMap(({ figures }) => {
      const figure = figures['2']
      return figure && figure.need > 0 ? [figure.met / figure.need] : []
    })
  expect(shares(least).length).toBeGreaterThan(1)
  expect(shares(least)).toEqual(shares(least).toSorted((one, other) => one - other))
  expect(shares(most)).toEqual(shares(least).toReversed())
  expect(least.rows.slice(0, shares(least).length).every(({ figures }) => (figures['2']?.need ?? 0) > 0)).toBe(true)
  expect([least.below, least.after]).toEqual([62, 50])
})

test('a unit is found by part of its name, and the county’s own figures stay whole', async () => {
  const found = await page({ find: '初级' })
  expect(found.rows.map(({ name }) => name)).toEqual(['柳堡初级中学'])
  expect([found.below, found.after]).toEqual([1, null])
  expect(found.total).toEqual((await page({})).total)
  const none = await page({ find: '没有这个' })
  expect([none.rows, none.below]).toEqual([[], 0])
  // Only the head of a page, for those who show no units.
  const head = await page({ limit: 0 })
  expect([head.rows, head.below, head.after]).toEqual([[], 62, null])
  expect(head.coverages).toEqual((await page({})).coverages)
})

test('a page asked for beyond its bounds is refused in words', async () => {
  for (const query of [{ limit: 51 }, { after: -1 }, { by: 0 }, { order: '乱' }, { find: '长'.repeat(31) }]) {
    const { status } = await world.call(officer, getCoverage, {
      params: { unitId: world.units.county.id },
      query: query,
    })
    expect([JSON.stringify(query), status]).toEqual([JSON.stringify(query), 422])
  }
})

test('whoever looks over one school finds nothing else of the county, on whatever page it stands [G3]', async () => {
  const principal = await world.someone('principal', world.units.schoolA)
  const { status } = await world.call(principal, getCoverage, { params: { unitId: world.units.schoolB.id }, query: {} })
  expect(status).toBe(404)
  const county = await page({}, principal)
  expect(county.total).toEqual({})
  const rows = [...county.rows, ...(await page({ after: 50 }, principal)).rows]
  expect(rows.filter(({ figures }) => Object.keys(figures).length > 0).map(({ name }) => name)).toEqual(['第一小学'])
  // Somebody over the city sees every county, and nothing more than its posts open.
  const above = await world.someone('county-aid-officer', world.units.city)
  const city = await page({}, above, world.units.city)
  expect(city.rows.map(({ name }) => name)).toEqual(['临湖县'])
  expect(city.rows[0]?.figures['2']).toEqual((await page({})).total['2'])
})

test('a kept page is read in pages too, as it was', async () => {
  const over = await world.someone('county-aid-officer', world.units.county, '另一位')
  const { body, status } = await world.call(over, freezeCoverage, {
    params: { unitId: world.units.county.id },
    body: { note: '' },
  })
  expect([status, body]).toMatchObject([200, { id: expect.any(String) }])
  const kept = (query: Record<string, string | number>) =>
    world.call(over, getFrozenCoverage, { params: { unitId: world.units.county.id, freezeId: body.id }, query })
  const first = (await kept({})).body
  expect([first.rows.length, first.below, first.after]).toEqual([50, 62, 50])
  expect((await kept({ after: 50 })).body.rows.length).toBe(12)
  expect((await kept({ find: '初级' })).body.rows.map(({ name }) => name)).toEqual(['柳堡初级中学'])
})

test('a right taken away is gone with the next page, though the place is remembered', async () => {
  const guest = await world.someone('county-aid-officer', world.units.county, '将离任')
  await page({}, guest)
  await world.owner.query(
    `update actor_settings set settings = '{}', posts = '[]', version = version + 1 where person_id = $1`,
    [guest.personId],
  )
  const again = () => world.call(guest, getCoverage, { params: { unitId: world.units.county.id }, query: {} })
  const { body } = await again()
  const told = [body.total ?? {}, ...(body.rows ?? []).map(({ figures }) => figures)].flatMap((one) =>
    Object.values(one),
  )
  expect(told.filter(({ need, reviewed }) => need > 0 && reviewed !== null)).toEqual([])
  expect((await again()).status).toBe(404)
})

test('a unit that moved is found where it stands now', async () => {
  const { county, province } = world.units
  await page({})
  const path = 'a.moved.'
  await world.owner.query(
    `update units set path = $1 || substr(path, $2), parent_id = case when id = $4 then $5 else parent_id end where path ^@ $3`,
    [path, county.path.length + 1, county.path, county.id, province.id],
  )
  const { status } = await world.call(officer, getCoverage, { params: { unitId: county.id }, query: {} })
  expect(status).toBe(404)
  const above = await world.someone('county-aid-officer', { ...county, path })
  const { body } = await world.call(above, getCoverage, { params: { unitId: county.id }, query: {} })
  expect(body.unit.name).toBe('临湖县')
})
