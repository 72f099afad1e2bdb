import pg from 'pg'
import type { Page } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, phone, type Stage, seriousFindings } from './stage.ts'

let stage: Stage
let owner: pg.Client
let mother: Page
let schoolId = ''
let childName = ''

const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
  (await owner.query(text, values)).rows[0] as Row

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  const child = await row<Record<string, string>>(`select s.school_id as school, s.name
    from accounts a join family_links l on l.person_id = a.person_id join students s on s.id = l.student_id
    where a.login_name = 'jiazhang' limit 1`)
  ;({ school: schoolId = '', name: childName = '' } = child)
  // Time passed since the school gave notice, and nobody of the family is recognised yet.
  await owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     select $1, id, path, 2025, 1, '2025-11-01', '2025-11-10', '2025-11-28', '需要帮助的家庭可以提出申请,由监护人填写并签名。有不明白的请问班主任。', $1, '县专干'
     from units where kind = 'county' and $2 like path || '%' limit 1`,
    [uuidv7(), (await row<{ path: string }>('select path from units where id = $1', [schoolId])).path],
  )
  await owner.query(
    `update recognitions set ended_on = '2025-11-01', ended_reason = 'ended' where ended_on is null
       and student_id in (select l.student_id from family_links l join accounts a on a.person_id = l.person_id where a.login_name = 'jiazhang')`,
  )
  mother = await stage.visitor(phone)
  await stage.signIn(mother, 'jiazhang')
}, 300_000)
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const picture = async (page: Page, name: string) => {
  const folder = process.env.JOURNEY_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/recognition-${name}.png`, fullPage: true })
}
describe('[C8 C19] a family applies', () => {
  test('on a phone, page by page, kept as it goes, signed with the finger', async () => {
    await mother.getByRole('link', { name: /申请/ }).first().click()
    await mother.getByRole('link', { name: '学年申请' }).click()
    await mother.getByText('需要帮助的家庭可以提出申请').waitFor()
    await picture(mother, 'begin-390')
    await mother.getByRole('button', { name: '开始填写' }).click()
    await mother.getByRole('textbox', { name: '学生姓名' }).waitFor()
    expect(await mother.getByRole('textbox', { name: '学生姓名' }).inputValue()).toBe(childName)
    await mother.getByLabel(/家庭人口/).fill('4')
    await mother.getByRole('textbox', { name: '家长手机' }).fill('13800000001')
    await mother.getByRole('textbox', { name: '家庭住址' }).fill('柳堡镇二组')
    await mother.getByText(/^已保存 \d\d:\d\d$/).waitFor()
    await picture(mother, 'page1-390')
    expect(await mother.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)
    expect(await seriousFindings(mother)).toEqual([])
    await mother.reload()
    await expect.poll(() => mother.getByRole('textbox', { name: '家庭住址' }).inputValue()).toBe('柳堡镇二组')
    const next = () => mother.getByRole('button', { name: '下一页' }).click()
    await next()
    await mother.getByRole('textbox', { name: '姓名' }).first().fill('孩子父亲')
    await next()
    await next()
    await mother.getByLabel(/家庭人均年收入/).fill('3000')
    await picture(mother, 'income-390')
    await next()
    await mother.getByText('是', { exact: true }).first().click()
    const board = await mother.getByRole('img', { name: /签名/ }).boundingBox()
    if (!board) throw new Error('nothing to sign on')
    await mother.mouse.move(board.x + 30, board.y + 60)
    await mother.mouse.down()
    await mother.mouse.move(board.x + 150, board.y + 100, { steps: 5 })
    await mother.mouse.move(board.x + 250, board.y + 50, { steps: 5 })
    await mother.mouse.up()
    await picture(mother, 'sign-390')
    await mother.getByRole('button', { name: '用这个签名' }).click()
    await mother.getByText('已签名').waitFor()
    await mother.getByRole('button', { name: '提交申请' }).click()
    await mother.getByText('学校正在看您的申请').first().waitFor()
    await picture(mother, 'sent-390')
  })
})
