import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, phone, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ demo: true })
}, 600_000)
afterAll(() => stage.close())

test('[Z9] a report of harm is written on a phone without signing in, and the head teacher it names finds nothing of it', async () => {
  const page = await stage.visitor(phone)
  await page.goto(`${stage.address}/letter`)
  await page.getByRole('tab', { name: '报告伤害' }).click()
  await page.getByRole('combobox', { name: '哪所学校' }).fill('第一小学')
  await page.getByText('临湖县第一小学', { exact: false }).last().click()
  await page.getByText('体罚或变相体罚').click()
  await page.getByLabel('是谁做的').fill('班主任')
  await page.getByLabel('什么事').fill('昨天第二节课用尺子打手')
  await page.getByText('暂时没有').click()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/letter-390.png`, fullPage: true })
  await page.getByRole('button', { name: '不留姓名,寄出' }).click()
  const code = (await page.locator('.letter-code').textContent()) ?? ''
  expect(code).toMatch(/^([2-9A-Z]{5}-){3}[2-9A-Z]{5}$/)
  await page.goto(`${stage.address}/letter`)
  await page.getByRole('tab', { name: '凭回访码查看' }).click()
  await page.getByLabel('回访码', { exact: true }).fill(code)
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByRole('heading', { name: '已经收到' }).waitFor()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/letter-look-390.png`, fullPage: true })

  const head = await stage.visitor(phone)
  await stage.signIn(head, 'banzhuren')
  await head.goto(`${stage.address}/flows`)
  await head.getByRole('heading', { level: 1 }).waitFor()
  await head.waitForLoadState('networkidle')
  expect(await head.locator('body').innerText()).not.toContain('来信')
  const officer = await stage.visitor()
  await stage.signIn(officer, 'xian')
  await officer.goto(`${stage.address}/flows`)
  await officer.getByText('来信').first().waitFor()
})
