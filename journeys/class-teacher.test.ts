import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInOf } from './asking.ts'
import { openStage, phone, type Stage } from './stage.ts'

let stage: Stage
let teacher: Page
let officer: Page

beforeAll(async () => {
  stage = await openStage({ demo: true })
  teacher = await stage.visitor(phone)
  officer = await stage.visitor()
  await stage.signIn(officer, 'xian')
})
afterAll(() => stage?.close())

interface Visited {
  readonly need: number
  readonly met: number
}

/** What the officer reads in the bar of visits. */
const visited = async (): Promise<Visited> => {
  await officer.goto(`${stage.address}/coverage`)
  const line = officer.getByRole('listitem').filter({ has: officer.getByRole('link', { name: /家访全覆盖/ }) })
  const text = (await line.getByText(/应有/).last().textContent()) ?? ''
  const [, need = '', met = ''] = /应有 ([\d,]+) · 已有 ([\d,]+)/.exec(text) ?? []
  return { need: Number(need.replace(',', '')), met: Number(met.replace(',', '')) }
}

const school = '临湖县第一小学'

/** The first name the officer reads among those of a school who are missing, and whose turn it is. */
const firstMissing = async (): Promise<{ name: string; className: string; owner: string }> => {
  await officer.getByRole('table').getByRole('link', { name: school, exact: true }).click()
  await officer.getByRole('heading', { name: `${school} · 覆盖率` }).waitFor()
  await officer
    .getByRole('link', { name: /家访全覆盖/ })
    .first()
    .click()
  const row = officer.getByRole('table', { name: '未完成名单' }).locator('tbody tr').first()
  await row.waitFor()
  const [name = '', , className = '', , owner = ''] = await row.getByRole('cell').allTextContents()
  return { name, className, owner }
}

const visitsOnTheWay: string[] = []

describe('[T6] a visit between two lessons', () => {
  let before: Visited
  let name = ''
  let className = ''

  test('the desk says what is mine, and one tap from a name stands the form', async () => {
    before = await visited()
    expect(before.need).toBeGreaterThan(100)
    const missing = await firstMissing()
    ;({ name, className } = missing)
    const loginName = await signInOf(stage, { post: 'class-teacher', unitName: school, name: missing.owner })
    await stage.signIn(teacher, loginName)
    const visits = teacher.getByRole('listitem').filter({ has: teacher.getByText('家访', { exact: true }) })
    await visits.getByRole('button', { name: '看名单' }).click()
    const list = teacher.getByRole('list', { name: '还没完成的学生' })
    const card = list.getByRole('listitem').filter({ hasText: name })
    await card.getByRole('button', { name: '去记录' }).click()
    await teacher.getByRole('heading', { name: '家访', level: 1 }).waitFor()
    await teacher.getByText(name, { exact: true }).waitFor()
    expect(name.length).toBeGreaterThan(1)
  })

  test('the form fits the phone, its buttons fit the thumb, and every stroke is kept on the device', async () => {
    const width = await teacher.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(phone.width)
    const button = await teacher.getByRole('button', { name: '提交记录' }).boundingBox()
    expect(button?.height).toBeGreaterThanOrEqual(40)
    await teacher.getByText('入户', { exact: true }).click()
    await teacher.getByText('母亲', { exact: true }).click()
    // As long as it takes to look up from the phone.
    await teacher.waitForTimeout(1_000)
    await teacher.getByText(/^已保存 \d\d:\d\d$/).waitFor()

    await teacher.reload()
    await teacher.getByRole('heading', { name: '家访', level: 1 }).waitFor()
    await expect.poll(() => teacher.getByRole('radio', { name: '入户' }).isChecked()).toBe(true)
    await expect.poll(() => teacher.getByRole('checkbox', { name: '母亲' }).isChecked()).toBe(true)
  })

  test('without a network the record waits on the device and says so', async () => {
    teacher.on('request', (request) => {
      if (request.method() === 'POST' && /\/api\/schools\/[^/]+\/records$/.test(request.url()))
        visitsOnTheWay.push(request.postData() ?? '')
    })
    await teacher.context().setOffline(true)
    await teacher.getByText(/现在没有网络。可以继续填写/).waitFor()
    await teacher.getByRole('button', { name: '提交记录' }).click()
    await teacher.getByText('已存在本机,等待发送').waitFor()
    await teacher.getByText(/1 条待发送/).waitFor()
    expect(await visited()).toEqual(before)
  })

  test('[C12] back online it is sent, is stored once, and the coverage of the officer moves by one', async () => {
    await teacher.context().setOffline(false)
    await teacher.getByText(/1 条待发送/).waitFor({ state: 'detached' })
    await expect.poll(visited).toEqual({ ...before, met: before.met + 1 })
    // Asked again, what waits on the device is nothing, and no second record left it.
    await teacher.goto(`${stage.address}/records/here`)
    await teacher.getByRole('heading', { level: 1 }).waitFor()
    const ids = new Set(visitsOnTheWay.map((body) => (JSON.parse(body) as { id: string }).id))
    expect(ids.size).toBe(1)
  })

  test('the officer finds the visit in the file of that student', async () => {
    await officer.goto(`${stage.address}/students`)
    await officer.getByRole('textbox', { name: /姓名/ }).fill(name)
    const row = officer.getByRole('row').filter({ hasText: name }).filter({ hasText: className }).first()
    await row.click()
    await officer.getByRole('heading', { name: new RegExp(name), level: 1 }).waitFor()
    await officer.getByRole('main').getByRole('tabpanel').getByText('家访', { exact: true }).first().waitFor()
  })
})
