import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmptyCounty } from './empty-county.ts'
import { openStage, type Stage } from './stage.ts'

const folder = join(import.meta.dirname, '../tools/fixtures/linhu-county')
interface Truth {
  readonly students: number
  readonly rows: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, readonly string[]>>
  readonly expect: {
    readonly dibaoStudents: number
    readonly psychRed: number
    readonly bySchool: Readonly<Record<string, number>>
  }
}
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth

const roster = '01-学生基本信息表.xlsx'
const allowance = '02-民政局低保对象名单.xlsx'
const screening = '07-心理普测结果.xlsx'
const others = [
  '06-教职工信息表.xlsx',
  '03-残联持证残疾人名单.xlsx',
  '04-乡村振兴监测对象名单.xlsx',
  '05-孤儿和事实无人抚养儿童.xlsx',
  '08-期中成绩.xlsx',
  '09-未按时报到名单.xlsx',
  '10-2024-2025学年家访汇总.xlsx',
]

let stage: Stage
let owner: pg.Client
let officer: Page
let psychologist: Page

beforeAll(async () => {
  stage = await openStage({ demo: false })
  await openEmptyCounty(stage.program)
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  officer = await stage.visitor()
  psychologist = await stage.visitor()
  await stage.signIn(officer, 'xian')
  await stage.signIn(psychologist, 'xinlizhuangan')
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const many = async (text: string): Promise<number> =>
  (await owner.query<{ many: number }>(`select count(*)::int as many from ${text}`)).rows[0]?.many ?? -1

/** Chooses files on the imports page as from a file dialog. */
const handOver = async (page: Page, files: readonly string[]): Promise<void> => {
  await page.getByRole('menuitem', { name: '导入' }).click()
  await page.getByLabel('选择要交的表格文件').setInputFiles(files.map((file) => join(folder, file)))
}

const queueLine = (page: Page, file: string) => page.getByRole('listitem').filter({ hasText: file })

/** Opens the newest import of a file. */
const openImport = async (page: Page, file: string): Promise<void> => {
  const line = queueLine(page, file).filter({ has: page.getByRole('link', { name: '去确认' }) })
  // By key: lines move up as other files of the same hand-over are done.
  await line.last().getByRole('link', { name: '去确认' }).press('Enter')
  await page.getByRole('heading', { name: file, level: 1 }).waitFor()
}

/** Opens the newest import of a file when its columns are recognised. */
const openColumns = async (page: Page, file: string): Promise<void> => {
  await openImport(page, file)
  await page.getByRole('button', { name: '按此核对' }).waitFor()
}

/** The tabs of the check, by their words. */
const check = async (page: Page): Promise<Record<string, number>> => {
  await page.getByRole('button', { name: '按此核对' }).click()
  await page.getByRole('button', { name: '写入…' }).waitFor()
  const tabs = await page.getByRole('tablist', { name: '核对结果' }).getByRole('tab').allTextContents()
  const counted = tabs.map((text) => /^(.+?) ([\d,]+)$/.exec(text))
  return Object.fromEntries(counted.flatMap((found) => (found ? [[found[1], Number(found[2]?.replace(',', ''))]] : [])))
}

// The question takes no answer while it is still opening.
const write = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '写入…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '写入', exact: true }).click()
  await page.getByRole('heading', { name: '已写入' }).waitFor()
}

describe('[X7] a county hands over its ten workbooks', () => {
  test('what is not the officer’s list is refused in words, and nothing of it is kept', async () => {
    await handOver(officer, [screening])
    await queueLine(officer, screening)
      .getByText(/不能由教育部门资助专干导入.*文件没有保存/)
      .waitFor()
    expect([await many('imports'), await many('import_files')]).toEqual([0, 0])
  })

  test('the roster is checked row by row before anything is written, and gives each school its students', async () => {
    await handOver(officer, [roster])
    await openColumns(officer, roster)
    const counts = await check(officer)
    expect(counts).toMatchObject({ 新增: truth.students, 变更: 0, 不变: 0 })
    await officer.getByRole('tab', { name: '问题一览' }).click()
    const faults = officer.getByRole('table', { name: '有问题的格' })
    await faults
      .getByRole('row', { name: /第 \d+ 行.*身份证号/ })
      .first()
      .waitFor()
    expect(await faults.getByRole('columnheader').allTextContents()).toEqual(
      expect.arrayContaining(['行', '列', '表里写的', '原因']),
    )
    expect(await many('students')).toBe(0)
    await write(officer)
    const schools = await owner.query<{ name: string; many: number }>(
      'select u.name, count(*)::int as many from students s join units u on u.id = s.school_id group by 1',
    )
    expect(Object.fromEntries(schools.rows.map((row) => [row.name, row.many]))).toEqual(truth.expect.bySchool)
  })

  test('a column that was read wrongly is put right by the officer, and is remembered for the next list', async () => {
    await handOver(officer, [allowance])
    await openColumns(officer, allowance)
    const meaning = officer.getByRole('combobox', { name: '“月保障金(元)”这一列的含义' })
    await meaning.click()
    await meaning.fill('不导入')
    await meaning.press('Enter')
    await officer.getByRole('row').filter({ hasText: '月保障金' }).getByText('您已改').waitFor()
    const counts = await check(officer)
    const doubtful = truth.faults.dibaoOtherName?.length ?? 0
    expect(counts).toMatchObject({ 对上: truth.expect.dibaoStudents - doubtful, 有疑问: doubtful })
    await write(officer)
  })

  test('the doubtful rows wait for a person, who sees both sides and decides', async () => {
    await officer.getByRole('link', { name: '逐行核对' }).click()
    const cards = officer.getByRole('listitem').filter({ hasText: /名单第 \d+ 行/ })
    await cards.first().waitFor()
    const waiting = await cards.count()
    expect(waiting).toBe(truth.faults.dibaoOtherName?.length)
    await cards
      .first()
      .getByText(/\d+ 分/)
      .first()
      .waitFor()
    await cards
      .first()
      .getByRole('button', { name: /^确认是/ })
      .click()
    await expect.poll(() => cards.count()).toBe(waiting - 1)
    const score = officer.getByRole('spinbutton', { name: '一并确认不低于' })
    await score.fill('50')
    await score.press('Tab')
    await officer.getByRole('button', { name: `一并确认 ${waiting - 1} 行` }).click()
    await officer
      .getByRole('tooltip')
      .or(officer.locator('.ant-popover'))
      .getByRole('button', { name: '确认', exact: true })
      .press('Enter')
    await officer.getByText('都核对完了。').waitFor()
    expect(await many('facts_groups where dibao')).toBe(truth.expect.dibaoStudents)
  })

  test.each(others)('%s is checked and written', async (file) => {
    await handOver(officer, [file])
    await openColumns(officer, file)
    await check(officer)
    await write(officer)
  })

  test('[G3] the list of the psychologists is taken from the psychology officer, and stays with them', async () => {
    await handOver(psychologist, [screening])
    await openColumns(psychologist, screening)
    expect(await check(psychologist)).toMatchObject({ 对上: truth.rows.psych })
    await write(psychologist)
    expect(await many('facts_psychology where screening_level = 4')).toBe(truth.expect.psychRed)
    await officer.goto(`${stage.address}/imports`)
    await officer.getByRole('table', { name: '导入记录' }).getByText(roster).first().waitFor()
    const rows = officer.getByRole('table', { name: '导入记录' }).getByRole('row').filter({ hasText: screening })
    await expect.poll(() => rows.count()).toBe(0)
  })

  test('the same list again: the correction is remembered, nothing is new, and nothing changes', async () => {
    const digest = `select md5(string_agg(t::text, '|' order by t::text)) as sum from facts t`
    const before = (await owner.query(digest)).rows
    await handOver(officer, [allowance])
    await openColumns(officer, allowance)
    await officer.getByText('已记住上次的对应').waitFor()
    await officer
      .getByRole('row')
      .filter({ hasText: '月保障金' })
      .getByText('不导入', { exact: true })
      .first()
      .waitFor()
    await officer.getByRole('button', { name: '不导入了' }).click()
    await officer.getByText('这次导入已取消,没有写入任何内容').waitFor()

    await handOver(officer, ['03-残联持证残疾人名单.xlsx'])
    await openColumns(officer, '03-残联持证残疾人名单.xlsx')
    await check(officer)
    await officer
      .getByText(/其中 0 行会改变学生的情况/)
      .first()
      .waitFor()
    await write(officer)
    expect((await owner.query(digest)).rows).toEqual(before)
  })

  test('[C12] and the coverage stands there with a figure for every school', async () => {
    await officer.getByRole('menuitem', { name: '覆盖率' }).click()
    await officer.getByRole('heading', { name: '临湖县 · 覆盖率' }).waitFor()
    const table = officer.getByRole('table', { name: '下级单位的六项覆盖' })
    for (const school of Object.keys(truth.expect.bySchool)) await table.getByText(school).first().waitFor()
  })
})
