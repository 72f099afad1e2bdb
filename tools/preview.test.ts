import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
let folder: string

const run = (tool: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const env = { ...process.env, DATABASE_URL: '', DATA_DIR: join(folder, 'data') }
    execFile(process.execPath, [join(root, 'tools', tool), ...args], { cwd: root, env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    )
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongxing-preview-'))
  const roster = join(folder, '学生名册.csv')
  const rows = ['甲一', '乙二', '丙三'].map(
    (name, at) => `临湖县第一小学,一年级,2025级1班,202501990${at},${name},男,2018-03-04`,
  )
  writeFileSync(roster, ['学校,年级,班级,学籍号,姓名,性别,出生日期', ...rows].join('\n'))
  const county = ['--create-county', '临湖县', '--region-code', '329901', '--packs', 'national,jiangsu']
  const made = await run('import.ts', '--unit', '329901', ...county, '--kind', 'roster', roster)
  expect(made).toMatchObject({ code: 0, err: '' })
  expect(made.out).toContain('新增 3')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an office sees from a shell what adopting a pack would bring, in figures and without a name', async () => {
  const { code, out, err } = await run(
    'pack.ts',
    'preview',
    'taizhou@1.0.0',
    '--unit',
    '329901',
    '--from',
    '2026-01-01',
  )
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('临湖县,1 所学校,从 2026-01-01 起采用 taizhou@1.0.0:')
  // Nothing is known of the three, so each class that is new here becomes unknown for all of them, and nobody is in one.
  expect(out).toMatch(/ {2}类别“[^”]+”:进入 0,离开 0,变为情况不明 3/)
  expect(out).not.toMatch(/甲一|乙二|丙三/)
  // Nothing was written: what is in force here stays, so the same question has the same answer.
  expect(await run('pack.ts', 'preview', 'taizhou@1.0.0', '--unit', '临湖县', '--from', '2026-01-01')).toEqual({
    code,
    out,
    err,
  })
})

test.each([
  ['a version that is not there', ['taizhou@9.0.0', '--unit', '329901'], '没有这个政策包或这一版'],
  ['a unit that is not there', ['taizhou@1.0.0', '--unit', '无此县'], '没有找到单位“无此县”'],
  ['a day that is none', ['taizhou@1.0.0', '--unit', '329901', '--from', '昨天'], '2026-01-01 这样的日期'],
])('%s is refused in one sentence', async (_what, words, sentence) => {
  const { code, out, err } = await run('pack.ts', 'preview', ...words)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(sentence)])
})
