import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Refusal } from '#contract/platform'
import type { RunWishes } from './run-import.ts'
import type { ColumnWish } from './settle-columns.ts'
import { openCounty, type TestCounty } from './test-county.ts'
import type { UnsureColumns } from './unsure-columns.ts'

/** An office without a screen: it is told what is not sure, and says what columns mean beforehand. */

let county: TestCounty
let folder: string

beforeAll(async () => {
  county = await openCounty()
  folder = mkdtempSync(join(tmpdir(), 'tongxing-columns-'))
})
afterAll(async () => {
  await county?.close()
  rmSync(folder, { recursive: true, force: true })
})

const listed = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Brings a list; what was told of its columns, and the report or the refusal. */
const bring = async (path: string, columns: readonly ColumnWish[], more: Partial<RunWishes> = {}) => {
  let told: UnsureColumns | undefined
  const onColumns = (found: UnsureColumns) => {
    told = found
  }
  const outcome = await county.bring('', { path, columns, onColumns, kind: 'roster', ...more }).then(
    (report) => ({ report, refusal: undefined }),
    (refusal: Refusal) => ({ report: undefined, refusal }),
  )
  return { told, ...outcome }
}

const remembered = async (): Promise<number> =>
  (await county.rows<{ many: number }>(`select count(*)::int as many from import_mappings`))[0]?.many ?? -1

const roster = () =>
  listed(
    '学生名册.csv',
    '序号,学校,年级,班级,姓名,学号,身份证号,监护人姓名,联系电话,爱好',
    '1,新湖县第一小学,三年级,1班,王芳,20230001,,王大山,13800138000,画画',
  )

test('[X7] what is not sure is told by column, heading and meaning, and so is what is not read', async () => {
  const { told, report } = await bring(roster(), [], { dry: true })
  expect(report).toMatchObject({ rows: 1, new: 1 })
  expect(told).toEqual({
    sheet: expect.any(String),
    unsure: [{ letter: 'I', heading: '联系电话', takenFor: '监护人1电话' }],
    unread: [
      { letter: 'A', heading: '序号' },
      { letter: 'J', heading: '爱好' },
    ],
    missing: [],
  })
})

test('[X7] what an officer says of a column wins, and is remembered once the list is written but not by a check', async () => {
  const said: ColumnWish[] = [{ column: '联系电话', meaning: 'phone' }]
  const checked = await bring(roster(), said, { dry: true })
  expect(checked.told?.unsure).toEqual([])
  expect((await bring(roster(), [], { dry: true })).told?.unsure).toHaveLength(1)
  expect(await remembered()).toBe(0)
  const written = await bring(roster(), said)
  expect([written.report?.new, written.told?.unsure]).toEqual([1, []])
  expect(await remembered()).toBe(1)
  const again = await bring(roster(), [])
  expect(again.told?.unsure).toEqual([])
  expect(again.report).toMatchObject({ unchanged: 1, changed: 0 })
})

test('a guess an officer confirms is not told again', async () => {
  const path = listed(
    '二小名册.csv',
    '学校,年级,班级,姓名,学号,监护人姓名,联系电话',
    '新湖县第二小学,三年级,1班,李雷,20230002,李大山,13800138001',
  )
  const told = async (columns: ColumnWish[] = []) => (await bring(path, columns)).told?.unsure.length
  expect(await told()).toBe(1)
  expect(await told([{ column: 'g列', meaning: 'guardian1_phone' }])).toBe(0)
  expect(await told()).toBe(0)
})

test('a column that meant the same before is not read when another is said to mean it', async () => {
  const { told, report } = await bring(roster(), [{ column: 'J列', meaning: 'name' }], { dry: true })
  expect(report?.refused[0]).toMatchObject({ column: '爱好', value: '画画', scope: 'row' })
  expect(told?.unread.map(({ heading }) => heading)).toEqual(['序号', '姓名'])
})

test('a list whose names stand under an unknown word comes in once it is said where', async () => {
  const path = listed('新生.csv', '学校,年级,班级,称呼,学号', '新湖县第一小学,三年级,1班,韩梅,20230003')
  const before = await bring(path, [], { dry: true })
  expect(before.refusal).toMatchObject({ code: 'imports.missing-columns', sentence: expect.stringContaining('“姓名”') })
  expect(before.told).toMatchObject({ missing: ['姓名'], unread: [{ letter: 'D', heading: '称呼' }] })
  const after = await bring(path, [{ column: '称 呼', meaning: 'name' }], { dry: true })
  expect(after.report).toMatchObject({ rows: 1, new: 1 })
})

const double = () =>
  listed(
    '两个证件号.csv',
    '户主,身份证号,学校,姓名,身份证号',
    '王大山,411323195301020040,新湖县第一小学,王芳,411323201506170027',
  )

test.each<[string, () => string, ColumnWish[], RegExp]>([
  ['a heading that is not there', roster, [{ column: '家庭情况', meaning: 'note' }], /没有“家庭情况”这一列/],
  ['a letter behind the table', roster, [{ column: 'Z列', meaning: 'note' }], /没有“Z列”这一列/],
  [
    'a heading that stands twice',
    double,
    [{ column: '身份证号', meaning: 'id_number' }],
    /有 2 列都叫“身份证号”\(B列、E列\)/,
  ],
  [
    'a meaning this list does not have',
    roster,
    [{ column: '爱好', meaning: 'disability_level' }],
    /“爱好”不能当作“残疾等级”:《学生基本信息表》没有这一项/,
  ],
  [
    'one meaning for two columns',
    roster,
    [
      { column: '爱好', meaning: 'note' },
      { column: '序号', meaning: 'note' },
    ],
    /有两列都指定为“备注”/,
  ],
  [
    'two meanings for one column',
    roster,
    [
      { column: '爱好', meaning: 'note' },
      { column: 'J列', meaning: null },
    ],
    /“J列”这一列指定了不止一次/,
  ],
])('%s is refused with the word in it, and nothing stays of a check', async (_what, path, columns, sentence) => {
  const { refusal } = await bring(path(), columns, { dry: true })
  expect(refusal).toMatchObject({ code: 'imports.bad-columns', sentence: expect.stringMatching(sentence) })
  const left = await county.rows(`select from imports where state <> 'committed'`)
  expect(left).toEqual([])
})
