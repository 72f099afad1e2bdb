import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cancelImport } from './cancel-import.ts'
import { getImport } from './get-import.ts'
import { listImportRows } from './list-import-rows.ts'
import { requestPreview } from './request-preview.ts'
import {
  bytesOf,
  closeDesk,
  county,
  csv,
  head,
  importing,
  kept,
  officer,
  openDesk,
  preview,
  refusalOf,
  students,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

describe('what is read before anything is written', () => {
  test('[X7] a roster is recognised, its columns shown with samples, its day said', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), 'C:\\交表\\01-学生基本信息表.xlsx')
    await work()
    const view = await getImport(importing, actor, importId)
    expect(view.state).toBe('mapped')
    expect(view.fileName).toBe('01-学生基本信息表.xlsx')
    expect(view.kind).toBe('roster')
    expect(view.missing).toEqual([])
    const named = view.mapping.find(({ header }) => header.startsWith('姓名'))
    expect(named?.field).toBe('name')
    expect(named?.samples[0]).toBe('潘哲建')
    const [stored] = await county.rows<{ text: string }>('select mapping::text as text from imports where id = $1', [
      importId,
    ])
    expect(stored?.text).not.toContain('潘哲建')
    await cancelImport(importing, actor, importId)
    await work()
    expect(await kept(importId)).toEqual({
      imports: 1,
      import_files: 0,
      import_rows: 0,
      import_staged: 0,
      import_matches: 0,
    })
    expect(await students()).toBe(0)
  })

  test('[X7] a preview writes nothing, shows rows with their faults, and a cancel leaves nothing', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
    await work()
    await preview(actor, importId)
    const view = await getImport(importing, actor, importId)
    expect(view.state).toBe('previewed')
    expect(view.counts).toMatchObject({ rows: 2292, new: 2274, refused: 18 })
    expect(await students()).toBe(0)
    const { rows, after } = await listImportRows(importing, actor, importId, { outcome: 'refused', after: 0, limit: 5 })
    expect(rows).toHaveLength(5)
    expect(rows[0]?.faults[0]?.reason).toMatch(/第 \d+ 行/)
    expect(after).toBe(rows[4]?.row)
    const first = await listImportRows(importing, actor, importId, { outcome: 'new', after: 0, limit: 1 })
    expect(first.rows[0]?.title).toBe('潘哲建')
    expect(first.rows[0]?.changes[0]).toMatch('新建学校')
    await cancelImport(importing, actor, importId)
    await work()
    expect(await kept(importId)).toEqual({
      imports: 1,
      import_files: 0,
      import_rows: 0,
      import_staged: 0,
      import_matches: 0,
    })
  })

  test('[X7] cancelled while it is being previewed, the job undoes itself', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
    await work()
    const { statement, mapping } = await getImport(importing, actor, importId)
    if (!statement) throw new Error('not read')
    await requestPreview(importing, actor, importId, { statement, mapping })
    const running = work()
    await cancelImport(importing, actor, importId)
    await running
    await work()
    expect((await getImport(importing, actor, importId)).state).toBe('cancelled')
    expect(await kept(importId)).toEqual({
      imports: 1,
      import_files: 0,
      import_rows: 0,
      import_staged: 0,
      import_matches: 0,
    })
  })

  test('[X7] a corrected column is remembered for the same sender and the same headings', async () => {
    const actor = await officer.actor()
    const strange = csv(
      '学校名称,年级,班级,学号,孩子叫什么,家里的电话',
      '临湖县试验小学,一年级,1班,S1,丁一,13900000001',
      '临湖县试验小学,一年级,1班,S2,丁二,13900000002',
    )
    const importId = await upload(actor, strange, '名册.csv')
    await work()
    const view = await getImport(importing, actor, importId)
    const statement = { kind: 'roster', population: 'enrolled', asOf: '2025-09-01', replaces: true } as const
    const named = view.mapping.map((one) => ({
      column: one.column,
      field: one.header === '孩子叫什么' ? 'name' : one.header === '家里的电话' ? 'phone' : one.field,
    }))
    await requestPreview(importing, actor, importId, { statement, mapping: named })
    await work()
    expect((await getImport(importing, actor, importId)).counts.new).toBe(2)
    await cancelImport(importing, actor, importId)
    await work()
    const second = await upload(
      actor,
      Buffer.concat([strange, Buffer.from('临湖县试验小学,一年级,1班,S3,丁三,13900000003\n')]),
      '名册2.csv',
    )
    await work()
    const again = await getImport(importing, actor, second)
    expect(again.remembered).toBe(true)
    expect(again.mapping.find(({ header }) => header === '孩子叫什么')?.field).toBe('name')
    expect(again.missing).toEqual([])
  })

  test('[X7] a mapping that names one thing twice, or misses the name, is refused with the reason', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, csv(head, '试验小学,一年级,1班,S1,丁一,男,2018-01-02,,,'), '名册.csv')
    await work()
    const view = await getImport(importing, actor, importId)
    if (!view.statement) throw new Error('not read')
    const without = view.mapping.map(({ column, field }) => ({ column, field: field === 'name' ? null : field }))
    const refusal = await refusalOf(
      requestPreview(importing, actor, importId, { statement: view.statement, mapping: without }),
    )
    expect(refusal.fields[0]?.reason).toContain('姓名')
    const twice = view.mapping.map(({ column, field }) => ({ column, field: field === 'sex' ? 'name' : field }))
    expect(
      (await refusalOf(requestPreview(importing, actor, importId, { statement: view.statement, mapping: twice }))).kind,
    ).toBe('invalid')
  })
})
