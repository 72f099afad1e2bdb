import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordsFoundIn } from './label-words.ts'
import { settled } from './settled.ts'
import { desktop, openStage, phone, type Stage, seriousFindings } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ demo: true })
})
afterAll(() => stage?.close())

const picture = async (
  page: { screenshot: (wish: { path: string; fullPage?: boolean }) => Promise<unknown> },
  name: string,
) => {
  const folder = process.env.JOURNEY_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

describe('[C6 G16] 我的', () => {
  test.each([
    ['jiazhang', phone],
    ['jiazhang2', phone],
    ['xuesheng', phone],
    ['jiazhang', desktop],
  ] as const)('%s finds the own file on a screen of %o, and nothing of the staff', async (account, size) => {
    const page = await stage.visitor(size)
    await stage.signIn(page, account)
    await page.getByRole('heading', { level: 1, name: '我的' }).waitFor()
    await page.getByText('班级').first().waitFor()
    await settled(page)
    await picture(page, `${account}-${size.width}`)
    expect(await seriousFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width)
    expect(wordsFoundIn((await page.locator('body').textContent()) ?? '')).toEqual([])
    const doors = await page.getByRole('navigation', { name: '主导航' }).textContent()
    for (const place of ['工作台', '学生', '覆盖率', '导入', '单位与人员', '政策']) expect(doors).not.toContain(place)
    for (const path of ['/', '/students', '/coverage', '/units', '/flows', '/audit']) {
      await page.goto(stage.address + path)
      await page.getByRole('heading', { level: 1, name: '我的' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/my')
    }
  })

  test('a letter a size larger stays after the next visit', async () => {
    const page = await stage.visitor(phone)
    await stage.signIn(page, 'jiazhang')
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByText('特大').click()
    const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize)
    await expect.poll(size).toBe('21px')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '我的' }).waitFor()
    expect(await size()).toBe('21px')
    await picture(page, 'my-largest-390')
  })
})

test('[T6] a teacher writes to a guardian, who finds it under the bell; the teacher sees that it was read', async () => {
  const teacher = await stage.visitor()
  const mother = await stage.visitor(phone)
  await stage.signIn(mother, 'jiazhang')
  const child = await mother.getByRole('heading', { level: 2 }).last().textContent()
  await stage.signIn(teacher, 'banzhuren')
  await teacher.goto(`${stage.address}/students`)
  await teacher
    .getByRole('table', { name: '学生列表' })
    .getByText(child ?? '', { exact: true })
    .first()
    .click()
  await teacher.getByRole('tab', { name: '家人' }).click()
  await teacher.getByText('请回个电话').click()
  await picture(teacher, 'family-tab-1440')
  await teacher.getByRole('button', { name: '发出', exact: true }).click()
  await teacher.getByText('已交发').waitFor()
  await expect
    .poll(
      async () => {
        await mother.goto(`${stage.address}/messages`)
        await mother.getByRole('heading', { level: 1, name: '消息' }).waitFor()
        await settled(mother)
        return mother.getByText('请与老师联系').count()
      },
      { interval: 1_000 },
    )
    .toBe(1)
  await picture(mother, 'messages-390')
  expect(await seriousFindings(mother)).toEqual([])
  await mother.getByRole('button', { name: /知道了/ }).click()
  await mother.getByRole('button', { name: /知道了/ }).waitFor({ state: 'detached' })
  await teacher.goto(`${stage.address}/messages`)
  await teacher.getByRole('tab', { name: '我发出的' }).click()
  await teacher.getByText(/已读/).first().waitFor()
  await picture(teacher, 'sent-1440')
  expect(await seriousFindings(teacher)).toEqual([])
  await teacher
    .getByRole('link', { name: /待转交的纸条/ })
    .first()
    .click()
  await teacher.getByRole('heading', { level: 1, name: /纸条/ }).waitFor()
  await settled(teacher)
  await picture(teacher, 'slips-1440')
  expect(await seriousFindings(teacher)).toEqual([])
})

test('[C6 G33] a guardian reads what was done for the child; what the teacher then keeps from them is gone without trace', async () => {
  const teacher = await stage.visitor()
  const mother = await stage.visitor(phone)
  await stage.signIn(mother, 'jiazhang')
  const child = (await mother.getByRole('heading', { level: 2 }).last().textContent()) ?? ''
  const openRecords = async (): Promise<string> => {
    await mother.goto(`${stage.address}/my`)
    await mother.getByRole('link', { name: '学校为孩子做过的事' }).click()
    await mother.getByText(`学校和老师为${child}做的`).waitFor()
    await settled(mother)
    return (await mother.locator('main').textContent()) ?? ''
  }
  const before = await openRecords()
  await picture(mother, 'my-records-before-390')
  await stage.signIn(teacher, 'banzhuren')
  await teacher.goto(`${stage.address}/students`)
  await teacher.getByRole('table', { name: '学生列表' }).getByText(child, { exact: true }).first().click()
  await teacher.getByRole('button', { name: /记一笔/ }).click()
  await teacher.locator('.ant-dropdown-menu-item').filter({ hasText: '家访' }).click()
  await teacher.getByText('入户', { exact: true }).click()
  await teacher.getByLabel('家庭主要情况').fill('家里收拾得干净,孩子在写字。')
  await teacher.getByRole('button', { name: '提交记录' }).click()
  await expect.poll(openRecords, { interval: 2_000 }).not.toBe(before)
  const after = await openRecords()
  expect(after).toContain('家访(入户)')
  for (const kept of ['家里收拾得干净', '困难', '资助']) expect(after).not.toContain(kept)
  await picture(mother, 'my-records-390')
  expect(await seriousFindings(mother)).toEqual([])
  expect(await mother.evaluate(() => document.documentElement.scrollWidth)).toBe(390)

  await teacher.goto(`${stage.address}/visits`)
  await teacher.getByText(child, { exact: true }).first().click()
  const kept = teacher.getByRole('region', { name: '不告知' })
  await kept.getByRole('button', { name: '更改' }).click()
  await kept.getByRole('checkbox').first().check()
  await kept.getByRole('button', { name: '确定' }).click()
  await teacher.getByText('已更改').waitFor()
  await picture(teacher, 'record-kept-1440')
  expect(await openRecords()).toBe(before)
})
