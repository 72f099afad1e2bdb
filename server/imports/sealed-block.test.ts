import { expect, test } from 'vitest'
import { secretsFrom } from '#server/platform'
import type { SealedRow } from './importing.ts'
import { lineOfBlock, openBlock, sealBlock } from './sealed-block.ts'

const secrets = secretsFrom(Buffer.alloc(32, 1), Buffer.alloc(32, 2))
const rowOf = (row: number): SealedRow => ({
  cells: ['王芳\n', '\t', `${row}`],
  faults: [{ row, column: '姓名', value: '', reason: '没有填姓名', scope: 'row', code: 'missing' }],
})
const rows = [3, 4, 10_000_005].map((row) => [row, rowOf(row)] as const)

test('rows sealed together come out as they were, all of them or those that are wanted', () => {
  const sealed = sealBlock(
    secrets,
    rows.map(([row, kept]) => lineOfBlock(row, kept)),
  )
  expect(openBlock(secrets, sealed)).toEqual(rows)
  expect(openBlock(secrets, sealed, (row) => row === 4)).toEqual([rows[1]])
  expect(openBlock(secrets, sealBlock(secrets, []))).toEqual([])
})

test('so do rows that were sealed as one object, as they were before', () => {
  const sealed = secrets.sealBytes(Buffer.from(JSON.stringify(Object.fromEntries(rows))))
  expect(openBlock(secrets, sealed, (row) => row > 3)).toEqual(rows.slice(1))
})

test('bytes of another form are not taken for rows', () => {
  expect(() => openBlock(secrets, secrets.sealBytes(Buffer.from([2, 1, 1])))).toThrow()
})
