import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findLabellingWord } from '#contract/platform'
import type { FileAnswer } from '#server/platform'
import { readWorkbook } from '../platform/spreadsheets/index.ts'
import { decideMatch } from './decide-match.ts'
import { downloadRefused } from './download-refused.ts'
import { downloadRemainder } from './download-remainder.ts'
import { getImport } from './get-import.ts'
import { listMatches } from './list-matches.ts'
import {
  bringAs,
  bytesOf,
  closeDesk,
  county,
  csv,
  head,
  importing,
  officer,
  openDesk,
  preview,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

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
  })

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
  })

  test('[T2] a student who changes class takes everything along', async () => {
    const actor = await officer.actor()
    const [child] = await county.rows<{ id: string; name: string; number: string; scope: string }>(
      `select st.id, st.name, st.number, st.scope from students st join units c on c.id = st.class_id
       join units u on u.id = st.school_id where u.name = '临湖县第一小学' and c.name = '2024级1班' and st.number is not null order by st.number limit 1`,
    )
    await county.world.owner.query(
      `insert into facts (school_id, id, student_id, scope, fact, secrecy, value, as_of)
       select school_id, gen_random_uuid(), id, scope, 'exam_total', 1, '400', '2025-07-01' from students where id = $1`,
      [child?.id],
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
      'student_particulars',
    ]) {
      const scopes = await county.rows<{ scope: string }>(`select distinct scope from ${table} where student_id = $1`, [
        child?.id,
      ])
      expect([table, scopes.map(({ scope }) => scope)]).toEqual([table, [moved?.scope]])
    }
  })
})
