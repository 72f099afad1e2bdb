import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let owner: pg.Client
let officer: Page
let schoolId = ''
let child = { id: '', name: '' }

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query(
    `select s.id, s.name, s.school_id as school from students s join appointments a on a.unit_id = s.school_id and a.post = 'school-aid-officer'
       join accounts o on o.person_id = a.person_id
     where o.login_name = 'zizhu' and s.status = 1 and (select count(*) from students n where n.name = s.name) = 1 order by s.id limit 1`,
  )
  schoolId = rows[0].school
  child = rows[0]
  officer = await stage.visitor()
  await stage.signIn(officer, 'zizhu')
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

test('[Z3 C20] a task is handed to a department chosen by its name', async () => {
  await officer.goto(`${stage.address}/students/${schoolId}/${child.id}`)
  await officer.getByRole('button', { name: '发起事项' }).click()
  await officer.getByRole('link', { name: /交办其他部门/ }).click()
  await officer.getByLabel('请对方做什么').fill('请核实低保发放情况。')
  await officer.getByLabel('需要让对方知道的情况').fill('家里说今年没有收到。')
  await officer.getByLabel('希望哪天前答复').fill('2025-12-05')
  await officer.getByLabel('交给').click()
  await officer.locator('.ant-select-item-option-content').getByText('临湖县', { exact: true }).click()
  await look(officer, 'hand-over')
  await officer.getByRole('button', { name: '交办', exact: true }).click()
  await officer.getByText('等对方接收').first().waitFor()
  await expect.poll(() => officer.locator('main').textContent()).toMatch(/交给\s*临湖县/)
})

test('[T2] a student on leave is found in a list of their own, and coming back begins from the file', async () => {
  await owner.query('update students set status = 2 where id = $1', [child.id])
  await officer.goto(`${stage.address}/students`)
  await officer.getByRole('combobox', { name: '学籍' }).click()
  await officer.locator('.ant-select-item-option-content').getByText('休学', { exact: true }).click()
  const row = officer.getByRole('table', { name: '学生列表' }).getByText(child.name, { exact: true })
  await row.waitFor()
  await look(officer, 'students-on-leave')
  await row.click()
  await officer.getByText('这名学生正在休学').waitFor()
  await look(officer, 'student-on-leave')
  await officer.getByRole('button', { name: '办复学' }).click()
  await officer.getByRole('heading', { level: 1, name: /学籍变动/ }).waitFor()
  await officer.getByLabel('从哪天起').fill('2025-11-20')
  await officer.getByLabel('原因').fill('身体恢复,回校上课。')
  await officer.getByRole('button', { name: '提交', exact: true }).click()
  await officer.getByText('待学校审核').waitFor()
  await expect.poll(() => officer.locator('main').textContent()).toMatch(/办理哪一项\s*复学/)
})

test('a school sets the hours in which families are not disturbed', async () => {
  await officer.goto(`${stage.address}/units/${schoolId}?tab=quiet-hours`)
  await officer.getByText('每天 21:00 到次日 07:00').waitFor()
  await officer.getByLabel('从', { exact: true }).fill('20:00')
  await officer.getByRole('button', { name: '保存' }).click()
  await officer.getByText('每天 20:00 到次日 07:00').first().waitFor()
  await officer.getByText('本单位自己定的').waitFor()
  await look(officer, 'quiet-hours')
})

test('[T2] what becomes of each class is seen first; a school is taken into a school year once', async () => {
  await officer.goto(`${stage.address}/units/${schoolId}?tab=promotion`)
  await officer.getByText('2026 年 6 月起才能升级').waitFor()
  await expect.poll(() => officer.getByRole('button', { name: /^升级/ }).count()).toBe(0)
  await look(officer, 'promotion')
  await officer.getByText('2025—2026 学年').click()
  await officer.getByText('名单在开学以后导入').waitFor()
  await officer.getByRole('button', { name: /^升级/ }).click()
  await officer.getByText('一个学年只升一次').waitFor()
  await officer.getByRole('button', { name: '升级', exact: true }).click()
  await officer.getByText('2025—2026 学年已经升过级了').waitFor()
  await look(officer, 'promoted')
})
