import pg from 'pg'
import type { Page } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInOf } from './asking.ts'
import { addStudentAccount } from './guardian-account.ts'
import { look } from './look.ts'
import { settled } from './settled.ts'
import { openStage, phone, type Stage } from './stage.ts'

let stage: Stage
let owner: pg.Client

const row = async (text: string, values: unknown[] = []): Promise<Record<string, string>> =>
  (await owner.query(text, values)).rows[0] ?? {}

const openRoundAt = (unit: string) =>
  owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     select $1, id, path, 2025, 1, '2025-11-01', '2025-11-10', '2025-11-28', '需要帮助的家庭可以提出申请。', $1, '专干' from units where name = $2`,
    [uuidv7(), unit],
  )

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const atDesk = async (account: string): Promise<Page> => {
  const page = await stage.visitor()
  await stage.signIn(page, account)
  // Signing in leads to the desk: whoever goes elsewhere before is led back.
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

/** A child of a unit without a level this year, alone of its name; of this teacher's class when one is named. */
const childOf = (unit: string, teacher?: string) =>
  row(
    `select s.id, s.school_id as school, s.name, k.name as "className" from students s join units k on k.id = s.class_id join units u on u.id = s.school_id
     where u.name = $1 and s.status = 1 and not exists (select from recognitions r where r.student_id = s.id and r.ended_on is null)
       and (select count(*) from students n where n.name = s.name) = 1
       and ($2::text is null or s.class_id in (select a.unit_id from appointments a join accounts c on c.person_id = a.person_id
         where c.login_name = $2 and a.until_date is null))
     order by s.id limit 1`,
    [unit, teacher ?? null],
  )

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(200)])

/** Fills in the form for a family, as it was told, and adds the paper they signed. */
const applyFor = async (page: Page, child: Record<string, string>): Promise<void> => {
  await page.goto(`${stage.address}/students/${child.school}/${child.id}`)
  await page.getByRole('button', { name: '发起事项' }).click()
  await page.getByRole('link', { name: '家庭经济情况认定申请' }).click()
  await page.getByText('替不方便用手机的家长填写').waitFor()
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByLabel(/家庭人口/).fill('3')
  await page.getByRole('textbox', { name: '家长手机' }).fill('13800000002')
  await page.getByRole('textbox', { name: '家庭住址' }).fill('山口村一组')
  const next = () => page.getByRole('button', { name: '下一页' }).click()
  await next()
  await page.getByRole('textbox', { name: '姓名' }).first().fill('孩子奶奶')
  await next()
  await next()
  await page.getByLabel(/家庭人均年收入/).fill('5000')
  await next()
  await page.getByText('是', { exact: true }).first().click()
  await page.getByLabel(/选择签字纸质件/).setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: png })
  await page.getByText('已附签字的纸质件').waitFor()
  await look(page, `apply-for-family-${child.className}`)
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.getByText('评议', { exact: true }).first().waitFor()
}

const pick = async (page: Page, seat: number, name: string): Promise<void> => {
  const picker = page.getByRole('dialog').getByRole('combobox', { name: `第 ${seat} 位成员` })
  await picker.click()
  await picker.fill(name)
  await page.locator('.ant-select-item-option-content').filter({ hasText: name }).last().click()
}

const teachersBelow = async (unit: string): Promise<string[]> => {
  const { rows } = await owner.query(
    `select p.name from appointments a join units t on left(a.scope, length(t.path)) = t.path join people p on p.id = a.person_id
     where t.name = $1 and a.post in ('teacher', 'class-teacher', 'counsellor') and a.until_date is null
       and (select count(*) from people n where n.name = p.name) = 1
     group by p.name order by p.name limit 3`,
    [unit],
  )
  return rows.map(({ name }) => name as string)
}

describe('[C8 C19] a teaching point too small for a panel of its own', () => {
  test('fills in for a family without a phone, and the county convenes a joint sitting for it', async () => {
    const { name: point = '' } = await row("select name from units where kind = 'teaching-point' limit 1")
    await openRoundAt('临湖县')
    const account = await signInOf(stage, { post: 'class-teacher', unitName: point })
    const child = await childOf(point, account)
    const teacher = await atDesk(account)
    await applyFor(teacher, child)
    await teacher.getByRole('link', { name: '打印申请表' }).first().waitFor()

    const county = await atDesk('xian')
    await county.goto(`${stage.address}/flows/panels`)
    await county.getByText('与其他班一起评议').first().waitFor()
    await look(county, 'panels-joint')
    await county.getByRole('button', { name: `为 ${child.className} 组织联合评议` }).click()
    await county
      .getByRole('heading', { name: /联合评议/ })
      .or(county.getByText(/· 联合评议/))
      .first()
      .waitFor()
    for (const [at, name] of (await teachersBelow('临湖县第一小学')).entries()) await pick(county, at + 1, name)
    const drawer = county.getByRole('dialog')
    await drawer.getByRole('combobox', { name: '第 4 位成员' }).fill('赵家长')
    await drawer.getByRole('combobox', { name: '第 5 位成员' }).fill('钱家长')
    await look(county, 'panel-joint-convene')
    await drawer.getByRole('button', { name: '组成评议组' }).click()
    await county.getByRole('heading', { level: 1, name: '临湖县 · 评议' }).waitFor()
    await county
      .getByText(child.name ?? '')
      .first()
      .waitFor()
    await county.getByRole('button', { name: '都到了' }).click()
    await county.getByText('实到 5 人').waitFor()
    await look(county, 'panel-joint')
  })
})

describe('[C8 C19] a class panel of a university', () => {
  test('has classmates among its members, found by name, and no parents', async () => {
    await openRoundAt('姑苏大学')
    const child = await childOf('姑苏大学')
    const officer = await atDesk('suzhou')
    await applyFor(officer, child)
    const { rows } = await owner.query(
      `select s.id, s.name, s.school_id as "schoolId" from students s join units k on k.id = s.class_id where k.name = $1 and s.status = 1 and s.id <> $2
         and (select count(*) from students n where n.name = s.name) = 1 order by s.name limit 2`,
      [child.className, child.id],
    )
    const [withAccount] = rows
    const classmate = await addStudentAccount(stage, owner, withAccount)
    await officer.goto(`${stage.address}/flows/panels`)
    await officer.getByText('至少 5 人:教师、学校负责人、同学').waitFor()
    await officer.getByRole('button', { name: `为 ${child.className} 组成评议组` }).click()
    const drawer = officer.getByRole('dialog')
    for (const [at, name] of (await teachersBelow('姑苏大学')).entries()) await pick(officer, at + 1, name)
    for (const [at, { name }] of rows.entries()) {
      await drawer.getByRole('combobox', { name: `第 ${at + 4} 位成员` }).fill(name as string)
      await officer
        .locator('.ant-select-item-option-content')
        .filter({ hasText: `${name} ·` })
        .last()
        .click()
    }
    await drawer.getByText('用自己的账号表决').last().waitFor()
    await expect.poll(() => drawer.getByText('没有账号,用纸票').count()).toBe(1)
    await look(officer, 'panel-university-convene')
    await drawer.getByRole('button', { name: '组成评议组' }).click()
    await officer.getByRole('heading', { level: 1, name: `${child.className} · 评议` }).waitFor()
    await officer.getByRole('button', { name: '都到了' }).click()
    await officer.getByText('实到 5 人').waitFor()
    await officer.getByText('同学,纸票').first().waitFor()
    await look(officer, 'panel-university', [phone])

    // The classmate is asked, opens the sitting from the message, reads a neutral sheet and votes, once.
    const student = await stage.visitor(phone)
    await stage.signIn(student, classmate)
    await student.goto(`${stage.address}/messages`)
    await student.getByRole('link', { name: '去看看' }).first().click()
    await student
      .getByText(child.name ?? '')
      .first()
      .waitFor()
    const sheet = (await student.locator('main').textContent()) ?? ''
    for (const kept of ['山口村一组', '13800000002', '5000', '参考分', '看材料', '孩子奶奶', '困难学生'])
      expect([kept, sheet.includes(kept)]).toEqual([kept, false])
    await look(student, 'panel-classmate', [phone])
    const ballot = student.getByRole('group', { name: /我的意见/ })
    await ballot.getByText('弃权', { exact: true }).click()
    await ballot.getByRole('button', { name: '投票' }).click()
    await student.getByText('已表决', { exact: true }).first().waitFor()
    await expect.poll(() => student.getByRole('group', { name: /我的意见/ }).count()).toBe(0)
    await expect.poll(() => student.getByRole('button', { name: '结束评议' }).count()).toBe(0)
    await student.context().close()
  })
})

test('[C26] somebody admitted without number, class and account is kept by the school and follows the student once there is a number', async () => {
  const child = await childOf('临湖县第一小学')
  const { number = '' } = await row('select number from students where id = $1', [child.id])
  const officer = await atDesk('zizhu')
  await officer.goto(`${stage.address}/flows/new`)
  await officer.getByRole('link', { name: '家庭经济情况认定申请' }).click()
  await officer.getByText('登记已录取、还没有学籍的新生').waitFor()
  await look(officer, 'admit')
  await officer.getByRole('textbox', { name: '学生姓名' }).fill(child.name ?? '')
  await officer.getByRole('textbox', { name: '家长手机' }).fill('13800000003')
  await officer.getByRole('button', { name: '先存下' }).click()
  await officer.getByText('新生,待对应学籍').waitFor()
  // Somebody went to see the family before there is a number: it is kept with the request.
  await officer.getByRole('button', { name: '记一次家访' }).click()
  await officer.getByLabel('哪天去的').fill('2025-11-18')
  await officer.getByText('入户', { exact: true }).click()
  await officer.getByLabel('看到的情况').fill('三口人,父亲在外务工,家里收拾得干净。')
  await look(officer, 'admitted-visit')
  await officer.getByRole('button', { name: '确定记一次家访' }).click()
  await officer.getByText('已办理:记一次家访').waitFor()
  await settled(officer)
  await officer.getByText('三口人,父亲在外务工,家里收拾得干净。').first().waitFor()
  await officer.getByRole('button', { name: '对应学籍', exact: true }).click()
  await officer.getByLabel('学号').fill('没有的号')
  await officer.getByRole('button', { name: '确定对应学籍' }).click()
  await officer.getByText('您写的内容还在').waitFor()
  await look(officer, 'admitted-refused')
  await officer.getByLabel('学号').fill(number)
  await officer.getByRole('button', { name: '确定对应学籍' }).click()
  await officer.getByRole('link', { name: '继续填写' }).waitFor()
  await expect.poll(() => officer.locator('main').textContent()).toContain(child.className)
  await look(officer, 'admitted-matched')
  await officer.goto(`${stage.address}/students/${child.school}/${child.id}`)
  await officer.getByRole('tabpanel').getByText('2025年11月18日').first().waitFor()
})
