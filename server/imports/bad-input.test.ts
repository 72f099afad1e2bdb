import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getImport } from './get-import.ts'
import { fixtures } from './test-county.ts'
import {
  bringAs,
  closeDesk,
  county,
  csv,
  head,
  importing,
  kept,
  officer,
  openDesk,
  refusalOf,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

describe('bad input', () => {
  test.each([['0 bytes', Buffer.alloc(0), 'imports.empty-file']])(
    '%s is refused at the door',
    async (_, content, code) => {
      expect((await refusalOf(upload(await officer.actor(), content, '名册.xlsx'))).code).toBe(code)
    },
  )

  test.each([
    ['an image renamed xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ['half a workbook', readFileSync(join(fixtures, '02-民政局低保对象名单.xlsx')).subarray(0, 9_000)],
    ['a text without headings', Buffer.from('今天天气很好\n我们去春游\n')],
  ])('%s ends with a sentence and nothing stored', async (_, content) => {
    const actor = await officer.actor()
    const importId = await upload(actor, content, '名册.xlsx')
    await work()
    const view = await getImport(importing, actor, importId)
    expect(view.state).toBe('failed')
    expect(view.refusal?.sentence).toMatch(/[。]$/)
    expect(await kept(importId)).toEqual({
      imports: 1,
      import_files: 0,
      import_rows: 0,
      import_staged: 0,
      import_matches: 0,
    })
  })

  test('strange names and headings: each is taken or refused on its row, nothing else happens', async () => {
    const actor = await officer.actor()
    const line = (name: string, number: string, birth = '2018-03-04') =>
      `临湖县第一小学,一年级,2025级1班,${number},${name},男,${birth},,,,x`
    const sheet = csv(
      `${head},__proto__`,
      line('𠮷田', 'Z1'),
      line('䶮', 'Z2'),
      line('王·阿依古丽', 'Z3'),
      line('长'.repeat(300), 'Z4'),
      line('小明😀', 'Z5'),
      line('年年', 'Z6', '9999-01-01'),
      line("'; drop table students; --", 'Z7'),
    )
    const importId = await bringAs(actor, sheet, '学生名册.csv')
    const { counts } = await getImport(importing, actor, importId)
    expect(counts).toMatchObject({ rows: 7, new: 4, refused: 3 })
    const names = await county.rows<{ name: string; birth_date: string | null }>(
      `select name, birth_date::text from students where number ~ '^Z[0-9]$' order by number`,
    )
    expect(names).toEqual([
      { name: '𠮷田', birth_date: '2018-03-04' },
      { name: '䶮', birth_date: '2018-03-04' },
      { name: '王·阿依古丽', birth_date: '2018-03-04' },
      { name: '年年', birth_date: null },
    ])
  })
})
