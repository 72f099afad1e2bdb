import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '#server/platform'
import { openStage, type Stage, seriousFindings } from './stage.ts'

let stage: Stage
let principal: Page
let teacher: Page
let oneTime: { loginName: string; password: string }
const own = '我自己的口令-2025-秋'

beforeAll(async () => {
  stage = await openStage({ demo: true })
  principal = await stage.visitor()
  await stage.signIn(principal, 'xiaozhang')
})
afterAll(() => stage?.close())

const people = () => principal.getByRole('table', { name: '人员与岗位' })
// By what it says: the names of drawers come out otherwise in a build for tests.
const drawer = () => principal.getByRole('dialog').filter({ hasText: /账号与离职/ })
/** A teacher of the principal's own school who can do no more than teach a class. */
let name = ''

const enter = async (page: Page, password: string): Promise<void> => {
  await page.getByRole('textbox', { name: '账号' }).fill(oneTime.loginName)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

describe('[C13 T7] an account from its first day to its last', () => {
  test('the principal opens it; the one-time password is told once', async () => {
    await principal.getByRole('menuitem', { name: '单位与人员' }).click()
    await principal.getByRole('tab', { name: '人员' }).click()
    await people().locator('tbody tr').first().waitFor()
    const known = await stage.program.services.door.asJob('importer', (db) =>
      db.rows<{ name: string }>(sql`select p.name from people p join accounts a on a.person_id = p.id`),
    )
    const row = people()
      .getByRole('row')
      .filter({ hasText: /班主任\(\d+级\d+班\)/ })
      .filter({ hasNotText: new RegExp(known.map((one) => one.name).join('|')) })
      .first()
    name = (await row.getByRole('cell').first().textContent()) ?? ''
    await row.getByRole('button', { name: `${name}的账号` }).click()
    await drawer().getByText('还没有账号', { exact: false }).waitFor()
    await drawer().getByRole('textbox', { name: '账号' }).fill('xin.laoshi')
    await drawer().getByRole('button', { name: '开通账号' }).click()
    await drawer().getByText('一次性密码只显示这一次').waitFor()
    const password = await drawer().locator('.number.strong').textContent()
    oneTime = { loginName: 'xin.laoshi', password: (password ?? '').trim() }
    expect(oneTime.password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
    expect(await seriousFindings(principal)).toEqual([])
    await drawer()
      .getByRole('button', { name: /关闭|Close/ })
      .first()
      .click()
    await row.getByRole('button', { name: `${name}的账号` }).click()
    await drawer().getByText('可以登录,还没有改一次性密码').waitFor()
    expect(await drawer().textContent()).not.toContain(oneTime.password)
  })

  test('at the first sign-in nothing opens before the password is one’s own; a weak one is refused', async () => {
    teacher = await stage.visitor()
    await enter(teacher, oneTime.password)
    await teacher.getByRole('heading', { name: /改.*密码/ }).waitFor()
    await expect.poll(() => teacher.getByRole('navigation', { name: '主导航' }).count()).toBe(0)
    await teacher.goto(`${stage.address}/students`)
    await teacher.getByRole('heading', { name: /改.*密码/ }).waitFor()
    expect(await seriousFindings(teacher)).toEqual([])
    const fields = teacher.locator('input[type=password]')
    const change = async (next: string): Promise<void> => {
      await fields.nth(0).fill(oneTime.password)
      for (let index = 1; index < (await fields.count()); index += 1) await fields.nth(index).fill(next)
      await teacher
        .getByRole('button', { name: /改|修改|保存/ })
        .first()
        .click()
    }
    await change('12345678')
    await teacher
      .getByText(/太简单/)
      .first()
      .waitFor()
    await change(own)
    await teacher.getByRole('navigation', { name: '主导航' }).waitFor()
  })

  test('stopped, it ends in the teacher’s hands at once, and the password opens nothing more', async () => {
    await principal.reload()
    await people()
      .getByRole('row')
      .filter({ hasText: name })
      .getByRole('button', { name: `${name}的账号` })
      .click()
    await drawer().getByText('可以登录,现在已登录').waitFor()
    await drawer().getByRole('button', { name: '停用账号' }).click()
    await principal
      .getByRole('button', { name: '停 用' })
      .or(principal.getByRole('button', { name: '停用', exact: true }))
      .click()
    await drawer().getByText('已停用,不能登录').waitFor()
    await teacher.goto(`${stage.address}/students`)
    await teacher
      .getByText('登录已过期')
      .or(teacher.getByRole('button', { name: '登录', exact: true }))
      .first()
      .waitFor()
    const again = await stage.visitor()
    await enter(again, own)
    await again
      .getByText(/账号或密码不对/)
      .first()
      .waitFor()
  })

  test('a departure empties the post, which says who answers now', async () => {
    await drawer().getByRole('button', { name: '办理离职' }).click()
    await principal
      .getByRole('dialog')
      .or(principal.getByRole('tooltip'))
      .getByRole('button', { name: '办理离职' })
      .last()
      .click()
    await drawer().waitFor({ state: 'detached' })
    await people().getByRole('row').filter({ hasText: name }).waitFor({ state: 'detached' })
    await principal.getByRole('checkbox', { name: '看已离职的' }).check()
    await people().getByRole('row').filter({ hasText: name }).filter({ hasText: '离职' }).waitFor()
  })
})
