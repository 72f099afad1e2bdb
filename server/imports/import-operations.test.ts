import { randomUUID } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findLabellingWord, Refusal } from '#contract/platform'
import type { Actor, FileAnswer } from '#server/platform'
import { readWorkbook } from '../platform/spreadsheets/index.ts'
import type { Someone } from '../test-world.ts'
import { cancelImport } from './cancel-import.ts'
import { commitImport } from './commit-import.ts'
import { decideMatch } from './decide-match.ts'
import { downloadRefused } from './download-refused.ts'
import { downloadRemainder } from './download-remainder.ts'
import { getImport } from './get-import.ts'
import type { Importing } from './importing.ts'
import { listImportRows } from './list-import-rows.ts'
import { listImports } from './list-imports.ts'
import { listMatches } from './list-matches.ts'
import { previewImport } from './preview-import.ts'
import { requestCommit } from './request-commit.ts'
import { requestPreview } from './request-preview.ts'
import { importTasks } from './tasks.ts'
import { fixtures, openCounty, type TestCounty } from './test-county.ts'
import { uploadImport } from './upload-import.ts'

let county: TestCounty
let importing: Importing
let officer: Someone
let waiting: { task: string; importId: string }[] = []

/** Runs what was put on the queue, as the queue would. */
const work = async (): Promise<void> => {
  const tasks = importTasks(importing)
  for (let next = waiting.shift(); next; next = waiting.shift())
    await tasks[next.task]?.({ importId: next.importId }, { number: 1, last: true })
}

const bytesOf = (file: string): Buffer => readFileSync(join(fixtures, file))

const upload = async (
  actor: Actor,
  content: Buffer | Readable,
  fileName: string,
  unitId = county.unit.id,
): Promise<string> => {
  const importId = uuidv7()
  const stream = Buffer.isBuffer(content) ? Readable.from([content]) : content
  await uploadImport(importing, actor, { unitId, importId, fileName, upload: stream })
  return importId
}

const preview = async (actor: Actor, importId: string): Promise<void> => {
  const view = await getImport(importing, actor, importId)
  const { statement, mapping } = view
  if (!statement) throw new Error(`not read: ${view.refusal?.sentence}`)
  await requestPreview(importing, actor, importId, { statement, mapping })
  await work()
}

const bringAs = async (actor: Actor, content: Buffer, fileName: string, unitId?: string): Promise<string> => {
  const importId = await upload(actor, content, fileName, unitId)
  await work()
  await preview(actor, importId)
  await requestCommit(importing, actor, importId)
  await work()
  return importId
}

const refusalOf = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  throw new Error(`no refusal but ${String(error)}`)
}

const kept = async (importId: string) => {
  const counts: Record<string, number> = {}
  for (const [table, column] of [
    ['imports', 'id'],
    ['import_files', 'import_id'],
    ['import_rows', 'import_id'],
    ['import_staged', 'import_id'],
    ['import_matches', 'import_id'],
  ] as const) {
    const [row] = await county.rows<{ many: number }>(
      `select count(*)::int as many from ${table} where ${column} = $1`,
      [importId],
    )
    counts[table] = row?.many ?? -1
  }
  return counts
}

const students = async (): Promise<number> =>
  (
    await county.rows<{ many: number }>(`select count(*)::int as many from students where scope ^@ $1`, [
      county.unit.path,
    ])
  )[0]?.many ?? -1

const csv = (...lines: string[]): Buffer => Buffer.from(`﻿${lines.join('\n')}\n`)
const head = '学校名称,年级,班级,学号,姓名,性别,出生日期,身份证件号,监护人1姓名,监护人1电话'

beforeAll(async () => {
  county = await openCounty()
  importing = {
    ...county.importing,
    services: {
      ...county.importing.services,
      enqueue: async (task, payload) => void waiting.push({ task, ...(payload as { importId: string }) }),
    },
  }
  officer = await county.world.someone('county-aid-officer', county.unit)
}, 120_000)
afterAll(() => county?.close())

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

describe('one set', () => {
  test('[X7] an upload cut off half way leaves nothing behind', async () => {
    const actor = await officer.actor()
    const whole = bytesOf('02-民政局低保对象名单.xlsx')
    const before = await county.rows('select id from imports')
    const broken = Readable.from(
      (async function* () {
        yield whole.subarray(0, 8_000)
        throw new Error('connection lost')
      })(),
    )
    await expect(upload(actor, broken, '02.xlsx')).rejects.toThrow('connection lost')
    expect(await county.rows('select id from imports')).toHaveLength(before.length)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tongxing-upload-'))).toEqual([])
  })

  test('[X7] the same file under the same id is stored once; another file under it is refused', async () => {
    const actor = await officer.actor()
    const importId: string = uuidv7()
    const send = (file: string) =>
      uploadImport(importing, actor, {
        unitId: county.unit.id,
        importId,
        fileName: file,
        upload: createReadStream(join(fixtures, file)),
      })
    await send('05-孤儿和事实无人抚养儿童.xlsx')
    await send('05-孤儿和事实无人抚养儿童.xlsx')
    expect((await kept(importId)).imports).toBe(1)
    expect((await refusalOf(send('03-残联持证残疾人名单.xlsx'))).code).toBe('imports.id-taken')
    waiting = []
  })

  test('[X7] two people importing the same roster at once end with one set', async () => {
    const other = await county.world.someone('county-aid-officer', county.unit, '第二位')
    const actors = [await officer.actor(), await other.actor()]
    const ids: string[] = []
    for (const actor of actors) {
      const importId = await upload(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
      await work()
      await preview(actor, importId)
      await requestCommit(importing, actor, importId)
      ids.push(importId)
    }
    waiting = []
    await Promise.all(ids.map((id) => commitImport(importing, id)))
    expect(await students()).toBe(2274)
    for (const [index, id] of ids.entries())
      expect((await getImport(importing, actors[index] as Actor, id)).state).toBe('committed')
    const [schools] = await county.rows<{ many: number }>(
      `select count(*)::int as many from units where path ^@ $1 and school_id = id`,
      [county.unit.path],
    )
    expect(schools?.many).toBe(10)
  }, 60_000)

  test('[X7] when the database moved since the preview so that the answer differs, nothing is written', async () => {
    const actor = await officer.actor()
    const line = (name: string) =>
      csv(head, `临湖县第一小学,一年级,2025级1班,2025019999,${name},男,2018-03-04,,甲父,13900000011`)
    const first = await upload(actor, line('甲一'), '学生名册.csv')
    await work()
    await preview(actor, first)
    await requestCommit(importing, actor, first)
    const second = await upload(actor, line('甲二'), '学生名册.csv')
    const own = waiting.splice(0)
    waiting = own.filter(({ task }) => task === 'read-import')
    await work()
    await preview(actor, second)
    await requestCommit(importing, actor, second)
    waiting = []
    await commitImport(importing, first)
    const tasks = importTasks(importing)
    await tasks['commit-import']?.({ importId: second }, { number: 1, last: true })
    const view = await getImport(importing, actor, second)
    expect(view.state).toBe('mapped')
    expect(view.refusal?.code).toBe('imports.moved-on')
    const named = await county.rows<{ name: string }>(`select name from students where number = '2025019999'`)
    expect(named.map(({ name }) => name)).toEqual(['甲一'])
  })

  test('[X7] a job cut off by the end of the program is taken up again and ends with one set', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, bytesOf('06-教职工信息表.xlsx'), '06.xlsx')
    await work()
    const { statement, mapping } = await getImport(importing, actor, importId)
    if (!statement) throw new Error('not read')
    await requestPreview(importing, actor, importId, { statement, mapping })
    waiting = []
    const cut = previewImport(importing, importId)
    const killed = (async () => {
      for (let tries = 0; tries < 400; tries++) {
        const gone = await county.rows(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'worker' and query ilike 'copy s%'`,
        )
        if (gone.length > 0) return
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })()
    await cut.catch(() => undefined)
    await killed
    await previewImport(importing, importId)
    await previewImport(importing, importId)
    expect((await kept(importId)).import_rows).toBe(199)
    await requestCommit(importing, actor, importId)
    await work()
    await commitImport(importing, importId)
    const [people] = await county.rows<{ many: number }>(
      `select count(*)::int as many from people where scope ^@ $1 and employee_number is not null`,
      [county.unit.path],
    )
    expect(people?.many).toBe(199)
  })
})

describe('what comes back', () => {
  const rowsOf = async (answer: FileAnswer): Promise<string[][]> => {
    const content = Buffer.isBuffer(answer.content) ? answer.content : await buffer(answer.content)
    const rows: string[][] = []
    for await (const row of readWorkbook({ content, name: answer.fileName })) rows.push([...row.cells])
    return rows
  }

  test('[X7] refused rows come back in the same form with the reason, and can be sent again', async () => {
    const actor = await officer.actor()
    const importId = await bringAs(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
    const answer = await downloadRefused(importing, actor, importId)
    expect(findLabellingWord(answer.fileName)).toBeUndefined()
    const rows = await rowsOf(answer)
    const heading = rows.find((row) => row.includes('错误原因'))
    expect(heading?.slice(0, 3)).toEqual(['序号', '学校名称*', '学校标识码'])
    const reasons = rows.filter((row) => /第 \d+ 行/.test(row.at(-1) ?? ''))
    expect(reasons).toHaveLength(18)
    const [exported] = await county.rows<{ many: number }>(
      `select count(*)::int as many from audit_entries where action = 'imports.download-refused' and subject = $1`,
      [importId],
    )
    expect(exported?.many).toBe(1)
  })

  test('[X7] doubtful matches show who was listed and why, are decided by a person, and both remainders can be fetched', async () => {
    const actor = await officer.actor()
    const importId = await bringAs(actor, bytesOf('02-民政局低保对象名单.xlsx'), '02.xlsx')
    const { matches } = await listMatches(importing, actor, importId, 'doubtful')
    expect(matches).toHaveLength(8)
    const [first] = matches
    expect(first?.listed.map(({ label }) => label)).toContain('成员姓名')
    expect(first?.candidates[0]?.reasons.join()).toContain('姓名不同')
    const decided = await decideMatch(importing, actor, importId, [
      { row: first?.row ?? 0, studentId: first?.candidates[0]?.studentId ?? null },
    ])
    expect(decided).toEqual({ applied: 1 })
    expect((await listMatches(importing, actor, importId, 'doubtful')).matches).toHaveLength(7)
    const [said] = await county.rows<{ dibao: boolean }>('select dibao from facts_groups where student_id = $1', [
      first?.candidates[0]?.studentId,
    ])
    expect(said?.dibao).toBe(true)
    expect((await rowsOf(await downloadRemainder(importing, actor, importId, 'list-only'))).length).toBeGreaterThan(200)
    const off = await downloadRemainder(importing, actor, importId, 'roster-only')
    expect(findLabellingWord(off.fileName)).toBeUndefined()
    expect((await rowsOf(off)).length).toBeGreaterThan(2_000)
  }, 60_000)

  test('[X7] off the next list means no, with the history kept; an older list cannot overwrite a newer one', async () => {
    const actor = await officer.actor()
    const [listed] = await county.rows<{ id: string; name: string; number: string; digest: string }>(
      `select st.id, st.name from facts_groups g join students st on st.id = g.student_id where g.dibao and g.scope ^@ $1 limit 1`,
      [county.unit.path],
    )
    const next = csv(
      '临湖县最低生活保障对象花名册(2025年10月)',
      '乡镇,户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,类别',
      '石桥镇,某某,329901198708125613,某某,329901198708125613,户主,农村低保',
    )
    await bringAs(actor, next, '低保10月.csv')
    const [now] = await county.rows<{ dibao: boolean }>('select dibao from facts_groups where student_id = $1', [
      listed?.id,
    ])
    expect(now?.dibao).toBe(false)
    const history = await county.rows<{ value: string; open: boolean }>(
      `select value, superseded_at is null as open from facts where student_id = $1 and fact = 'dibao' order by recorded_at`,
      [listed?.id],
    )
    expect(history).toEqual([
      { value: 'true', open: false },
      { value: 'false', open: true },
    ])
    const older = await upload(actor, bytesOf('02-民政局低保对象名单.xlsx'), '02.xlsx')
    await work()
    await preview(actor, older)
    const view = await getImport(importing, actor, older)
    expect(view.refusal?.code).toBe('imports.older-list')
    expect(view.state).toBe('mapped')
  }, 60_000)

  test('[T2] a student who changes class takes everything along', async () => {
    const actor = await officer.actor()
    const [child] = await county.rows<{ id: string; name: string; number: string; scope: string }>(
      `select st.id, st.name, st.number, st.scope from students st join units c on c.id = st.class_id
       join units u on u.id = st.school_id where u.name = '临湖县第一小学' and c.name = '2024级1班' and st.number is not null order by st.number limit 1`,
    )
    await bringAs(
      actor,
      csv(head, `临湖县第一小学,二年级,2024级2班,${child?.number},${child?.name},,,,,`),
      '学生名册.csv',
    )
    const [moved] = await county.rows<{ scope: string }>('select scope from students where id = $1', [child?.id])
    expect(moved?.scope).not.toBe(child?.scope)
    for (const table of [
      'facts',
      'facts_general',
      'facts_family',
      'student_contacts',
      'name_pieces',
      'student_households',
    ]) {
      const scopes = await county.rows<{ scope: string }>(`select distinct scope from ${table} where student_id = $1`, [
        child?.id,
      ])
      expect([table, scopes.map(({ scope }) => scope)]).toEqual([table, [moved?.scope]])
    }
  }, 60_000)
})

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
