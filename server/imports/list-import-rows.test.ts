import { afterAll, beforeAll, expect, test } from 'vitest'
import { getImport } from './get-import.ts'
import { listImportRows } from './list-import-rows.ts'
import { bytesOf, closeDesk, importing, officer, openDesk, preview, upload, work } from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

test.each([1, 7, 100])(
  '[X7] new rows of a roster come page by page, each once, in the order of the sheet, with what they say (%i a page)',
  async (limit) => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
    await work()
    await preview(actor, importId)
    const { counts } = await getImport(importing, actor, importId)
    const most = limit === 1 ? 5 : counts.new
    const seen: { row: number; title: string; changes: readonly string[] }[] = []
    for (let after: number | null = 0; after !== null && seen.length < most; ) {
      const page: Awaited<ReturnType<typeof listImportRows>> = await listImportRows(importing, actor, importId, {
        outcome: 'new',
        after,
        limit,
      })
      seen.push(...page.rows)
      after = page.after
    }
    const refused = await listImportRows(importing, actor, importId, { outcome: 'refused', after: 0, limit: 1_000 })
    const numbers = seen.map(({ row }) => row)
    expect(numbers).toHaveLength(most)
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other))
    expect(refused.rows.filter(({ row }) => numbers.includes(row))).toEqual([])
    expect(seen.filter(({ title, changes }) => title === '' || changes[0] !== '新建学校和班级')).toEqual([])
  },
)
