import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { secretsFrom } from '#server/platform'
import type { SealedRow } from './importing.ts'
import { openBlock, openBlockWriter } from './sealed-block.ts'

const secrets = secretsFrom(Buffer.alloc(32, 1), Buffer.alloc(32, 2))
const rowOf = (row: number): SealedRow => ({
  cells: ['王芳\n', '\t', `${row}`],
  faults: [{ row, column: '姓名', value: '', reason: '没有填姓名', scope: 'row', code: 'missing' }],
})
const rows = [3, 4, 10_000_005].map((row) => [row, rowOf(row)] as const)

test('rows sealed together come out as they were, all of them or those that are wanted', () => {
  const block = openBlockWriter(secrets)
  for (const [row, kept] of rows) block.add(row, kept)
  const sealed = block.seal()
  expect(openBlock(secrets, sealed)).toEqual(rows)
  expect(openBlock(secrets, sealed, (row) => row === 4)).toEqual([rows[1]])
  expect(openBlock(secrets, block.seal())).toEqual([])
  const long = { ...rowOf(9), cells: ['长'.repeat(200_000)] }
  block.add(9, long)
  expect(openBlock(secrets, block.seal())).toEqual([[9, long]])
})

test('so do rows that were sealed as one object, as they were before', () => {
  const sealed = secrets.sealBytes(Buffer.from(JSON.stringify(Object.fromEntries(rows))))
  expect(openBlock(secrets, sealed, (row) => row > 3)).toEqual(rows.slice(1))
})

test('so do lines that were packed otherwise, as they were before', () => {
  const lines = rows.map(([row, kept]) => `${row}\t${JSON.stringify(kept)}\n`).join('')
  const sealed = secrets.sealBytes(Buffer.concat([Buffer.from([1]), deflateRawSync(lines)]))
  expect(openBlock(secrets, sealed)).toEqual(rows)
})

test('bytes of another form are not taken for rows', () => {
  expect(() => openBlock(secrets, secrets.sealBytes(Buffer.from([3, 1, 1])))).toThrow()
})
