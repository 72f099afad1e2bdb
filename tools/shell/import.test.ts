import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** The import at a shell, as an office runs it: a data folder of its own, the database within. */

const root = join(import.meta.dirname, '../..')
let folder: string
let roster: string

const runIn = (data: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATABASE_URL: '', DATA_DIR: join(folder, data), INIT_CWD: folder }
    execFile(process.execPath, [join(root, 'tools/import.ts'), ...words], { cwd: root, env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    )
  })

const run = (...words: string[]) => runIn('data', ...words)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongxing-shell-'))
  roster = join(folder, '学生名册.csv')
  const lines = ['学校,年级,班级,姓名,学号,监护人姓名,联系电话,爱好']
  writeFileSync(roster, [...lines, '临湖县第一小学,三年级,1班,王芳,20230001,王大山,13800138000,画画'].join('\n'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const keys = 'file kind rows new changed unchanged refused matched doubtful unmatched'.split(' ')

const county = ['--create-county', '临湖县', '--region-code', '329901', '--packs', 'national,jiangsu']

test('[X7] the shell says which columns it is not sure of and which it does not read, and takes a correction', async () => {
  const checked = await run('--unit', '329901', ...county, '--dry-run', '--json', roster)
  expect(checked.code).toBe(0)
  expect(checked.err.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^学生名册\.csv.* G 列“联系电话”当作“监护人1电话”,拿不准,请核对。$/),
    expect.stringMatching(/^学生名册\.csv.* 没有读的列:H 列“爱好”。$/),
    expect.stringContaining('--column "列名=含义"'),
  ])
  const lines = checked.out.trimEnd().split('\n')
  expect(lines).toHaveLength(1)
  expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(keys)

  const said = ['--column', '联系电话=联系电话', '--column', '爱好=不导入']
  const written = await run('--unit', '329901', ...said, roster)
  expect(written).toMatchObject({ code: 0, out: expect.stringContaining('新增 1') })
  expect(written.err).not.toContain('拿不准')

  const again = await run('--unit', '329901', '--dry-run', roster)
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('不变 1') })
  expect(again.err).not.toContain('拿不准')
}, 120_000)

test('[X7] sheets that are another form, and what further sheets have otherwise, are said beside the one object', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('城区').addRows([
    ['姓名', '身份证号', '户主姓名', '月保障金'],
    ['王芳', '11010519491231002X', '王大山', 400],
  ])
  book.addWorksheet('石桥').addRows([
    ['户主姓名', '姓名', '身份证号', '开户行'],
    ['李四', '李小', '440524188001010014', '农商行'],
  ])
  book.addWorksheet('代码').addRows([
    ['类别', '代码'],
    ['农村', 1],
  ])
  const path = join(folder, '低保名单.xlsx')
  await book.xlsx.writeFile(path)
  const { code, out, err } = await run('--unit', '329901', ...county, '--dry-run', '--json', path)
  expect({ code, keys: Object.keys(JSON.parse(out)) }).toEqual({ code: 0, keys })
  expect(err.trimEnd().split('\n')).toEqual([
    '低保名单.xlsx 工作表“代码”的列与名单不同,没有读。',
    '低保名单.xlsx 工作表“石桥” 没有读的列:D 列“开户行”。',
    '低保名单.xlsx 工作表“石桥” 没有“月保障金”这一列,这一项当作没有填。',
  ])
}, 120_000)

test.each([
  [
    'a meaning nobody knows',
    ['--column', '爱好=监护人手机号一'],
    /^--column “爱好=监护人手机号一”:没有“监护人手机号一”这种含义,相近的有“监护人1/,
  ],
  [
    'a meaning that list does not have',
    ['--kind', 'roster', '--column', '爱好=残疾等级'],
    /^--column “爱好=残疾等级”:《学生基本信息表》没有“残疾等级”这种含义/,
  ],
  ['a word without two sides', ['--column', '爱好'], /^--column 应写成“列名=含义”,收到“爱好”。/],
  [
    'one meaning for two columns',
    ['--column', '爱好=备注', '--column', '班级=备注'],
    /^--column 里有两列都指定为“备注”/,
  ],
  ['a day that is none', ['--as-of', '2025-02-30'], /^--as-of 应为存在的日子.*收到“2025-02-30”。/],
])('%s is refused in one sentence before anything is opened', async (_what, words, sentence) => {
  const { code, out, err } = await runIn('untouched', '--unit', '329901', ...words, roster)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err.trimEnd().split('\n')).toEqual([expect.stringMatching(sentence)])
  expect(existsSync(join(folder, 'untouched'))).toBe(false)
})
