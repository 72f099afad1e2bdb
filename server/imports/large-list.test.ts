import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallestApart } from '../platform/spreadsheets/index.ts'
import { getImport } from './get-import.ts'
import {
  bringAs,
  closeDesk,
  csv,
  head,
  importing,
  officer,
  openDesk,
  preview,
  students,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const many = 6_000
const two = (number: number) => String(number).padStart(2, '0')
const lineOf = (i: number): string =>
  `临湖县第${(i % 9) + 1}小学,一年级,2025级${(i % 4) + 1}班,2025${String(i).padStart(7, '0')},王${'一二三四五六七八九'[i % 9]}${'东南西北'[i % 4]},男,2018-${two((i % 12) + 1)}-${two((i % 28) + 1)},,家长${i % 900},139${String(i).padStart(8, '0')}`

test('[X7] a list large enough for threads of its own comes out like any other, and a second time changes nothing', async () => {
  const actor = await officer.actor()
  const lines = Array.from({ length: many }, (_, i) => lineOf(i))
  const content = csv(head, ...lines, lineOf(17), '合计,,,,6000人')
  expect(content.byteLength).toBeGreaterThan(smallestApart)
  const first = await bringAs(actor, content, '学生名册.csv')
  expect((await getImport(importing, actor, first)).counts).toMatchObject({
    rows: many + 1,
    new: many,
    refused: 1,
  })
  expect(await students()).toBe(many)
  const second = await upload(actor, content, '学生名册.csv')
  await work()
  await preview(actor, second)
  expect((await getImport(importing, actor, second)).counts).toMatchObject({ new: 0, changed: 0, unchanged: many })
})
