import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongxing-packs-'))
  cpSync(join(root, 'policies'), folder, { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pack = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [join(root, 'tools/pack.ts'), ...args], { cwd: root }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    )
  })

test('an author checks the packs of a folder, and is told file, line, rule and what is wrong', async () => {
  const whole = await pack('check', folder)
  expect(whole).toMatchObject({ code: 0, err: '' })
  expect(whole.out).toContain('0 处例子不足')
  const file = join(folder, 'taizhou/duties.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/at_least: 1\b/, 'at_least: 很多'))
  const bad = await pack('check', folder)
  expect(bad.code).toBe(1)
  expect(bad.err).toMatch(/duties\.yaml:\d+ 规则 \S+ .*/)
  expect(bad.err).toContain('“at_least”应为数字')
})

test('a pack whose text changed keeps no version that is on the list', async () => {
  const own = mkdtempSync(join(tmpdir(), 'tongxing-versions-'))
  try {
    cpSync(join(root, 'policies'), own, { recursive: true })
    const change = (file: string, from: string | RegExp, to: string) => {
      const path = join(own, file)
      const before = readFileSync(path, 'utf8')
      expect(before).toMatch(from)
      writeFileSync(path, before.replace(from, to))
    }
    // A comment and other line ends say nothing new.
    change('taizhou/who.yaml', /$/, '\n# 说明\n')
    expect(await pack('check', own)).toMatchObject({ code: 0 })
    change('taizhou/who.yaml', /label: .*/, 'label: 改了名字的对象')
    const edited = await pack('check', own)
    expect(edited.code).toBe(1)
    expect(edited.err).toContain('taizhou 1.0.0 已经登记在册,内容却改了')
    // Recording does not help: what is on the list stays.
    expect((await pack('record', own)).out).toContain('没有新的版本')
    expect((await pack('check', own)).code).toBe(1)
    change('taizhou/pack.yaml', /version: 1\.0\.0/, 'version: 1.0.1')
    expect((await pack('check', own)).err).toContain('taizhou 1.0.1 还没有登记')
    expect((await pack('record', own)).out).toContain('taizhou 1.0.1')
    expect(await pack('check', own)).toMatchObject({ code: 0, err: '' })
    change('taizhou/pack.yaml', /version: 1\.0\.1/, 'version: 1.0.2')
    expect((await pack('check', own)).err).toContain('taizhou 1.0.2 与已登记的 1.0.1 没有不同')
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
})

test('[G12] a rule is told in plain Chinese with its article', async () => {
  const { code, out } = await pack('explain', 'shaanxi', 'absence-follow')
  expect(code).toBe(0)
  expect(out).toContain('后 24 小时内至少 1 次就学跟踪和劝返,由班主任负责')
  expect(out).toContain('依据:shaanxi-care-plan-2024 三(一)4')
  const unknown = await pack('explain', 'shaanxi', 'no-such-rule')
  expect(unknown).toMatchObject({ code: 1, out: '' })
  expect(unknown.err).toContain('没有找到')
})

test('editors are given a schema, and a wrong command the right ones', async () => {
  const schema = JSON.parse((await pack('schema')).out) as object
  expect(Object.keys(schema).length).toBeGreaterThan(0)
  const wrong = await pack('preview', 'xuzhou')
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('npm run pack -- preview')
})
