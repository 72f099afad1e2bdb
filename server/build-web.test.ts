import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyWhole } from './build-web.ts'

let room: string
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tongxing-copy-'))
})
afterEach(() => rmSync(room, { recursive: true, force: true }))

test('pages are copied while nobody builds them anew', () => {
  writeFileSync(join(room, 'page.js'), 'whole')
  const from = room
  const to = `${room}-copy`
  expect(copyWhole(from, to, () => true)).toBe(true)
  expect(readFileSync(join(to, 'page.js'), 'utf8')).toBe('whole')
  rmSync(to, { recursive: true })
})

test('a copy that another build overtook leaves nothing, so that no visitor waits for a page that was not copied', () => {
  writeFileSync(join(room, 'page.js'), 'half')
  const to = `${room}-copy`
  expect(copyWhole(room, to, () => false)).toBe(false)
  expect(existsSync(to)).toBe(false)
})

test('a folder taken away under the copy is an overtaken copy; one that cannot be copied says why', () => {
  const gone = join(room, 'gone')
  expect(copyWhole(gone, `${room}-copy`, () => false)).toBe(false)
  expect(() => copyWhole(gone, `${room}-copy`, () => true)).toThrow(/ENOENT/)
})
