import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataFolder, resolveDataFolder } from './open-data-folder.ts'

let room: string
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'tongxing-room-'))
})
afterEach(() => rmSync(room, { recursive: true, force: true }))

test('without DATA_DIR data live beside the program, and a relative DATA_DIR starts there', () => {
  expect(resolveDataFolder({}, '/opt/tongxing')).toBe('/opt/tongxing/.data')
  expect(resolveDataFolder({ DATA_DIR: ' ' }, '/opt/tongxing')).toBe('/opt/tongxing/.data')
  expect(resolveDataFolder({ DATA_DIR: '../data' }, '/opt/tongxing')).toBe('/opt/data')
  expect(resolveDataFolder({ DATA_DIR: '/srv/data' }, '/opt/tongxing')).toBe('/srv/data')
})

test('folder and keys are private, and every start finds the same keys', async () => {
  const path = join(room, 'deep', 'data')
  const first = await openDataFolder(path)
  expect(statSync(path).mode & 0o777).toBe(0o700)
  expect(statSync(join(path, 'keys.json')).mode & 0o777).toBe(0o600)
  expect([first.keys.encryptionKey.length, first.keys.blindIndexKey.length]).toEqual([32, 32])
  expect(first.keys.encryptionKey.equals(first.keys.blindIndexKey)).toBe(false)
  first.close()
  chmodSync(join(path, 'keys.json'), 0o644)
  const second = await openDataFolder(path)
  expect(second.keys).toEqual(first.keys)
  expect(statSync(join(path, 'keys.json')).mode & 0o777).toBe(0o600)
  second.close()
  expect(readdirSync(path).sort()).toEqual(['keys.json', 'layout.json'])
})

test('a folder in use is refused until it is given back', async () => {
  const path = join(room, 'data')
  const first = await openDataFolder(path)
  await expect(openDataFolder(path)).rejects.toMatchObject({ code: 'data-folder.in-use' })
  first.announce('http://127.0.0.1:1')
  await expect(openDataFolder(path)).rejects.toMatchObject({ sentence: expect.stringContaining('没有回应') })
  first.close()
  const second = await openDataFolder(path)
  // The first one's late good-bye must not open the folder to a third.
  first.close()
  await expect(openDataFolder(path)).rejects.toMatchObject({ code: 'data-folder.in-use' })
  second.close()
})
