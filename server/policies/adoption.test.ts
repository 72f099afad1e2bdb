import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  adoptPack,
  comparePacks,
  endAdoption,
  getPack,
  listAdoptions,
  listRulesInForce,
  uploadPack,
  withdrawAdoption,
} from '#contract/policies'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'
import { countyPack, type Written } from './county-pack.fixture.ts'

let world: World
let officer: Someone
let teacher: Someone
let poor: Child
beforeAll(async () => {
  world = await openWorld()
  officer = await world.someone('county-aid-officer', world.units.county)
  teacher = await world.someone('class-teacher', world.units.classA1)
  poor = await world.child(world.units.classA1, '何六', { family: { hardship_level: 21 } })
  await world.classify(world.units.schoolA, world.units.schoolB)
})
afterAll(() => world.close())

const county = () => ({ unitId: world.units.county.id })
const upload = (written?: Written, who: Someone = officer) =>
  world.call(who, uploadPack, { params: county(), body: { files: countyPack(written) } })
const adopt = (version: string, from: string, who: Someone | null = officer, id = uuidv7()) =>
  world.call(who, adoptPack, { params: county(), body: { id, issuer: 'linhu', version, from } })
const codeOf = (answer: { body: { refusal?: { code: string } } }) => answer.body.refusal?.code
const classesOf = async (child: Child, all = false) =>
  (
    await world.owner.query<{ key: string }>(
      `select r.key from class_spells c join policy_rules r on r.number = c.rule where c.student_id = $1 ${all ? '' : 'and c.until is null'} order by 1`,
      [child.id],
    )
  ).rows.map(({ key }) => key)
const dutiesOn = (path: string, on: string) =>
  world.program.registry.inForce(path, on).rules.duties.filter(({ id }) => id === 'walk')

describe('a pack handed in by an office', () => {
  test('is kept by its number, holds nowhere yet, and sent twice is kept once', async () => {
    expect((await upload()).body).toEqual({ issuer: 'linhu', version: '1.0.0', rules: 2 })
    expect((await upload()).status).toBe(200)
    expect(dutiesOn(world.units.schoolA.path, world.day)).toEqual([])
    const { rows } = await world.owner.query(`select action from audit_entries where action = 'policies.upload-pack'`)
    expect(rows).toHaveLength(1)
  })

  test('is refused with every problem when the loader would refuse it', async () => {
    const answer = await upload({ issuer: 'other', level: '很困难' })
    expect(answer.status).toBe(422)
    expect(codeOf(answer)).toBe('policies.bad-pack')
    expect(answer.body.refusal?.fields[0]?.field).toBe('who.yaml:5 watched')
    expect(answer.body.refusal?.sentence).toContain('没有“很困难”这一项')
  })

  const spoiled = (name: string, text: string) =>
    countyPack({ issuer: 'spoiled' }).map((file) => (file.name === name ? { name, text } : file))
  const nested = `- ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`
  const laughs = `- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]\n`
  test.each([
    ['a script', spoiled('who.yaml', '- id: x\n  when: !!js/function "return 1"\n'), '不能用 ! 标签'],
    ['ten thousand nested conditions', spoiled('who.yaml', nested), '嵌套超过'],
    ['anchors that expand without end', spoiled('who.yaml', laughs), '不能用 '],
    ['the same key twice', spoiled('duties.yaml', '- id: x\n  id: y\n'), '两个相同的项目名'],
    [
      'a file of another name',
      [...countyPack({ issuer: 'spoiled' }), { name: 'run.yaml', text: '[]' }],
      '不认识的文件名',
    ],
    ['a pack that extends itself', countyPack({ issuer: 'spoiled', parent: 'spoiled' }), '不能继承自己'],
  ])('is refused for %s', async (_, files, reason) => {
    const answer = await world.call(officer, uploadPack, { params: county(), body: { files } })
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.body.refusal?.fields)).toContain(reason)
  })

  test('is refused when it is ten megabytes long', async () => {
    const files = spoiled('who.yaml', '#'.repeat(10_000_000))
    const answer = await world.call(officer, uploadPack, { params: county(), body: { files } })
    expect([answer.status, answer.body.refusal?.code]).toEqual([413, 'platform.too-large'])
    const some = spoiled('who.yaml', '#'.repeat(999_900))
    const close = await world.call(officer, uploadPack, { params: county(), body: { files: some } })
    expect(codeOf(close)).toBe('policies.pack-too-large')
  })

  test('is refused when two packs extend each other', async () => {
    expect((await upload({ issuer: 'ring', parent: 'linhu' })).status).toBe(200)
    const answer = await upload({ version: '2.0.0', parent: 'ring' })
    expect(JSON.stringify(answer.body.refusal?.fields)).toContain('互相继承成了圈')
  })

  test('is refused when it edits a version on file, or its number does not tell what it changes', async () => {
    expect(codeOf(await upload({ atLeast: 3 }))).toBe('policies.edited-in-place')
    expect((await upload({ version: '1.1.0', atLeast: 3 })).body.refusal?.sentence).toContain('1.0.1')
    expect((await upload({ version: '1.0.1', level: '特别困难' })).body.refusal?.sentence).toContain('2.0.0')
    expect((await upload({ version: '1.0.1' })).body.refusal?.sentence).toContain('没有不同')
    expect((await upload({ version: '0.9.0', atLeast: 3 })).body.refusal?.sentence).toContain('高于')
    expect((await upload({ version: '1.0.1', atLeast: 3 })).status).toBe(200)
  })

  test('[G3] opens nothing that the packs above keep closed', async () => {
    const files = [
      ...countyPack({ issuer: 'loose' }),
      {
        name: 'guards.yaml',
        text: `- id: see-all\n  label: 都能看\n  cite: [{ requirement: [T1], document: letter, at: 一 }]\n  guards: { sees: [general, psychology], post: class-teacher, over: class }\n  examples:\n    in: [{ post: class-teacher, domain: psychology }]\n    out: [{ post: class-teacher, domain: health }]\n`,
      },
    ]
    const answer = await world.call(officer, uploadPack, { params: county(), body: { files } })
    expect(codeOf(answer)).toBe('policies.loosens-secrecy')
    const tells = `- id: told\n  label: 说开\n  cite: [{ requirement: [T1], document: letter, at: 一 }]\n  secrecy: general\n  discloses: 方便工作\n  when: { fact: 心理普测等级, is: 红 }\n  examples:\n    in: [{ facts: { 心理普测等级: 红 } }]\n    out: [{ facts: { 心理普测等级: 正常 } }]\n    unknown: [{ facts: {} }]\n`
    expect(codeOf(await upload({ issuer: 'loose', more: tells }))).toBe('policies.discloses-unseen')
    expect((await upload({ issuer: 'loose' })).status).toBe(200)
  })

  test('is not taken from somebody whose post does not decide on policies, nor for another office', async () => {
    expect(codeOf(await upload({ issuer: 'mine' }, teacher))).toBe('people.not-permitted')
    const city = await world.someone('county-aid-officer', world.units.city)
    const files = countyPack({ version: '1.0.2', atLeast: 4 })
    const other = await world.call(city, uploadPack, { params: { unitId: world.units.city.id }, body: { files } })
    expect(codeOf(other)).toBe('policies.not-your-pack')
    const abroad = await world.call(officer, uploadPack, { params: { unitId: world.units.city.id }, body: { files } })
    expect(codeOf(abroad)).toBe('people.not-permitted')
  })
})

describe('an adoption', () => {
  test('from today on moves classes and duties of the schools below at once', async () => {
    expect(codeOf(await adopt('1.0.0', world.day, teacher))).toBe('people.not-permitted')
    expect(await classesOf(poor)).not.toContain('linhu/watched')
    const id = uuidv7()
    expect((await adopt('1.0.0', world.day, officer, id)).status).toBe(200)
    expect((await adopt('1.0.0', world.day, officer, id)).status).toBe(200)
    expect(await classesOf(poor)).toContain('linhu/watched')
    expect(dutiesOn(world.units.schoolA.path, world.day)[0]?.atLeast).toBe(2)
    expect(codeOf(await adopt('1.0.0', world.day))).toBe('policies.already-adopted')
    const shown = await world.call(teacher, listRulesInForce, { params: { unitId: world.units.schoolA.id } })
    expect(shown.body.packs.map(({ issuer }) => issuer)).toEqual(['national', 'jiangsu', 'taizhou', 'linhu'])
  })

  test('of a later version leaves the days before it under the rules of their day', async () => {
    expect(codeOf(await adopt('1.0.1', '2025-11-19'))).toBe('policies.adopt-in-the-past')
    expect(codeOf(await adopt('7.0.0', '2026-01-01'))).toBe('policies.no-such-version')
    expect((await adopt('1.0.1', '2025-12-01')).status).toBe(200)
    expect(dutiesOn(world.units.schoolA.path, '2025-11-30')[0]?.atLeast).toBe(2)
    expect(dutiesOn(world.units.schoolA.path, '2025-12-01')[0]?.atLeast).toBe(3)
    expect(dutiesOn(world.units.city.path, '2025-12-01')).toEqual([])
  })

  test('withdrawn before its first day leaves no trace but the history', async () => {
    const control = JSON.stringify(dutiesOn(world.units.schoolA.path, '2026-03-01'))
    const spells = await classesOf(poor, true)
    const id = uuidv7()
    expect((await upload({ version: '2.0.0', atLeast: 3, level: '特别困难' })).status).toBe(200)
    expect((await adopt('2.0.0', '2026-01-01', officer, id)).status).toBe(200)
    expect(JSON.stringify(world.program.registry.inForce(world.units.schoolA.path, '2026-03-01').packs)).toContain(
      '2.0.0',
    )
    const back = await world.call(officer, withdrawAdoption, { params: { ...county(), adoptionId: id }, body: {} })
    expect(back.status).toBe(200)
    expect(JSON.stringify(dutiesOn(world.units.schoolA.path, '2026-03-01'))).toBe(control)
    expect(await classesOf(poor, true)).toEqual(spells)
    const { body } = await world.call(officer, listAdoptions, { params: county() })
    const line = body.adoptions.find((one) => one.id === id)
    expect(line).toMatchObject({ state: 'withdrawn', version: '2.0.0', withdrawn: { name: officer.name } })
    expect(body.adoptions.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['withdrawn', 'coming', 'in-force']),
    )
    const again = await world.call(officer, withdrawAdoption, { params: { ...county(), adoptionId: id }, body: {} })
    expect(codeOf(again)).toBe('policies.adoption-over')
  })

  test('in force is ended, not withdrawn, and its classes close on that day', async () => {
    const { body } = await world.call(officer, listAdoptions, { params: county() })
    const held = body.adoptions.find(({ state, issuer }) => state === 'in-force' && issuer === 'linhu')
    const params = { ...county(), adoptionId: held?.id ?? '' }
    const refused = await world.call(officer, withdrawAdoption, { params, body: {} })
    expect(codeOf(refused)).toBe('policies.adoption-over')
    const early = await world.call(officer, endAdoption, { params, body: { on: '2025-11-20' } })
    expect(codeOf(early)).toBe('policies.end-before-start')
    expect((await world.call(officer, endAdoption, { params, body: { on: '2025-11-25' } })).status).toBe(200)
    expect(dutiesOn(world.units.schoolA.path, '2025-11-24')).toHaveLength(1)
    expect(dutiesOn(world.units.schoolA.path, '2025-11-26')).toHaveLength(0)
    expect(dutiesOn(world.units.schoolA.path, '2025-12-02')).toHaveLength(1)
  })

  test('of another unit is not there for whoever does not keep it', async () => {
    const school = await world.someone('principal', world.units.schoolA)
    const { rows } = await world.owner.query<{ id: string }>(
      `select id from pack_adoptions where issuer = 'linhu' limit 1`,
    )
    const params = { ...county(), adoptionId: rows[0]?.id ?? '' }
    expect((await world.call(school, withdrawAdoption, { params, body: {} })).status).toBe(403)
    const elsewhere = { unitId: world.units.schoolA.id, adoptionId: rows[0]?.id ?? '' }
    expect((await world.call(officer, withdrawAdoption, { params: elsewhere, body: {} })).status).toBe(404)
  })
})

test('two versions are told apart rule by rule in plain words, and the files come back as handed in', async () => {
  const query = { older: '1.0.1', newer: '2.0.0' }
  const { body } = await world.call(teacher, comparePacks, { params: { issuer: 'linhu' }, query })
  expect(body.kind).toBe('major')
  expect(body.differences).toMatchObject([
    { change: 'changed', ref: 'linhu/watched', before: { sentence: '家庭经济困难等级为“困难”。' } },
  ])
  const files = await world.call(officer, getPack, { params: { issuer: 'linhu', version: '1.0.1' } })
  expect(files.body.files).toEqual(countyPack({ version: '1.0.1', atLeast: 3 }))
})
