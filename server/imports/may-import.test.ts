import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getImport } from './get-import.ts'
import { listImportRows } from './list-import-rows.ts'
import { listImports } from './list-imports.ts'
import { requestPreview } from './request-preview.ts'
import {
  bringAs,
  bytesOf,
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

describe('who may', () => {
  test('[G3] another county’s unit is not found, and nothing is kept', async () => {
    const stranger = await county.world.someone('school-aid-officer', county.world.units.schoolA)
    const before = await county.rows('select id from imports')
    const refusal = await refusalOf(
      upload(await stranger.actor(), bytesOf('05-孤儿和事实无人抚养儿童.xlsx'), '05.xlsx'),
    )
    expect(refusal.kind).toBe('forbidden')
    expect(
      (
        await refusalOf(
          upload(await stranger.actor(), bytesOf('05-孤儿和事实无人抚养儿童.xlsx'), '05.xlsx', randomUUID()),
        )
      ).kind,
    ).toBe('not-found')
    expect(await county.rows('select id from imports')).toHaveLength(before.length)
  })

  test('[G3] a teacher may hand over nothing', async () => {
    const teacher = await county.world.someone('class-teacher', county.world.units.classA1)
    const refusal = await refusalOf(
      upload(
        await teacher.actor(),
        bytesOf('05-孤儿和事实无人抚养儿童.xlsx'),
        '05.xlsx',
        county.world.units.schoolA.id,
      ),
    )
    expect(refusal.kind).toBe('forbidden')
  })

  test('[G3] psychological results are refused to the aid officer in one sentence, and the file is gone', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('07-心理普测结果.xlsx'), '07.xlsx')
    await work()
    const view = await getImport(importing, actor, importId)
    expect(view.state).toBe('failed')
    expect(view.refusal?.code).toBe('imports.not-your-list')
    expect(view.refusal?.sentence).toContain('心理教师')
    expect(await kept(importId)).toEqual({
      imports: 1,
      import_files: 0,
      import_rows: 0,
      import_staged: 0,
      import_matches: 0,
    })
  })

  test('[G3] a screening whose name says so is refused before a byte is taken; whoever may hand it in may', async () => {
    const actor = await officer.actor()
    const before = await county.rows('select id from imports order by id')
    const refusal = await refusalOf(upload(actor, bytesOf('07-心理普测结果.xlsx'), '07-心理普测结果.xlsx'))
    expect([refusal.code, refusal.kind]).toEqual(['imports.not-your-list', 'forbidden'])
    expect(await county.rows('select id from imports order by id')).toEqual(before)
    const { schoolA } = county.world.units
    const psychologist = await county.world.someone('psychology-teacher', schoolA)
    const sheet = csv('学校,班级,学号,姓名,预警等级,测评日期', '第一小学,2023级1班,,赵一,红,2025-10-13')
    await upload(await psychologist.actor(), sheet, '07-心理普测结果.csv', schoolA.id)
    await upload(actor, csv('姓名,学校,岗位', '赵一,第一小学,心理教师'), '心理教师名单.csv')
    await work()
  })

  test('[G3] calling them something else opens no door: the workbook’s own words hold', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('08-期中成绩.xlsx'), '08.xlsx')
    await work()
    const { mapping } = await getImport(importing, actor, importId)
    const statement = {
      kind: 'psychological-screening',
      population: 'screened',
      asOf: '2025-10-20',
      replaces: false,
    } as const
    const asked = mapping.map(({ column, field }) => ({ column, field: field === 'score' ? null : field }))
    expect((await refusalOf(requestPreview(importing, actor, importId, { statement, mapping: asked }))).code).toBe(
      'imports.not-your-list',
    )
  })

  test('[G3] the psychology teacher’s import is invisible to the aid officer of the same school', async () => {
    const { schoolA } = county.world.units
    const psychologist = await county.world.someone('psychology-teacher', schoolA)
    const schoolOfficer = await county.world.someone('school-aid-officer', schoolA)
    const sheet = csv(
      '保密:仅限心理教师和分管领导查看',
      '学校,班级,学号,姓名,预警等级,测评日期',
      '第一小学,2023级1班,,赵一,红,2025-10-13',
    )
    const importId = await bringAs(await psychologist.actor(), sheet, '心理普测.csv', schoolA.id)
    expect((await getImport(importing, await psychologist.actor(), importId)).state).toBe('committed')
    const stranger = await schoolOfficer.actor()
    expect((await refusalOf(getImport(importing, stranger, importId))).kind).toBe('not-found')
    expect(
      (await refusalOf(listImportRows(importing, stranger, importId, { outcome: 'matched', after: 0, limit: 50 })))
        .kind,
    ).toBe('not-found')
    expect((await listImports(importing, stranger, 1)).imports.map(({ id }) => id)).not.toContain(importId)
    const [red] = await county.rows<{ level: number }>(
      `select p.screening_level as level from facts_psychology p join students s on s.id = p.student_id where s.name = '赵一'`,
    )
    expect(red?.level).toBe(4)
  })

  test('[G3] a school’s roster that names another school refuses those rows only', async () => {
    const { schoolA } = county.world.units
    const actor = await (await county.world.someone('principal', schoolA)).actor()
    const sheet = csv(
      head,
      '第一小学,三年级,2023级1班,N100,丁一,男,2016-01-02,,丁父,13900000009',
      '柳堡初级中学,一年级,2024级1班,N101,丁二,女,2012-01-02,,丁父,13900000009',
    )
    const importId = await bringAs(actor, sheet, '学生名册.csv', schoolA.id)
    const view = await getImport(importing, actor, importId)
    expect(view.counts).toMatchObject({ new: 1, refused: 1 })
    const { rows } = await listImportRows(importing, actor, importId, { outcome: 'refused', after: 0, limit: 5 })
    expect(rows[0]?.faults[0]?.reason).toContain('不在本单位范围内')
    expect(await county.rows(`select 1 from students where name = '丁二'`)).toEqual([])
  })
})
