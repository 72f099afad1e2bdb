import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage, seriousFindings } from './stage.ts'

let stage: Stage
let principal: Page

beforeAll(async () => {
  stage = await openStage({ demo: true })
  principal = await stage.visitor()
  await stage.signIn(principal, 'xiaozhang')
})
afterAll(() => stage?.close())

const queue = () => principal.getByRole('table', { name: '待审核的记录' })
const waiting = async (): Promise<number> => {
  const words =
    (await principal
      .getByText(/^(共|已列出) \d+ 条/)
      .first()
      .textContent()) ?? ''
  return Number(/\d+/.exec(words)?.[0] ?? Number.NaN)
}

describe('[C9] visits wait for somebody else’s eye', () => {
  test('the reviewer finds what waits, reads one and passes two together; they leave the list', async () => {
    await principal.getByRole('menuitem', { name: '家访' }).click()
    await principal.getByRole('tab', { name: '待审核' }).click()
    await queue().locator('tbody tr').first().waitFor()
    const before = await waiting()
    expect(before).toBeGreaterThan(2)
    await queue().locator('tbody tr').first().getByRole('cell').nth(1).click()
    await principal
      .getByRole('dialog')
      .getByText(/入户|电话|视频/)
      .first()
      .waitFor()
    expect(await seriousFindings(principal)).toEqual([])
    await principal.keyboard.press('Escape')
    await principal.getByRole('dialog').waitFor({ state: 'hidden' })
    for (const index of [0, 1]) await queue().locator('tbody tr').nth(index).getByRole('checkbox').check()
    await principal.getByRole('button', { name: '审核通过' }).click()
    await principal.getByRole('dialog').getByRole('button', { name: '审核通过' }).click()
    await principal
      .getByText(/审核通过 2 条|已审核 2 条|2 条/)
      .first()
      .waitFor()
    await expect.poll(waiting).toBe(before - 2)
  })

  test('one’s own visits stand in their own tab, and the reviewer never finds them waiting', async () => {
    await principal.getByRole('tab', { name: '我的家访' }).click()
    await principal
      .getByText('您还没有记过家访')
      .or(principal.getByRole('table', { name: '我的家访' }))
      .first()
      .waitFor()
    expect(await seriousFindings(principal)).toEqual([])
  })

  test('a county officer, who visits nobody and reviews nothing, is told where to look', async () => {
    const officer = await stage.visitor()
    await stage.signIn(officer, 'xian')
    await officer.getByRole('menuitem', { name: '家访' }).click()
    await officer.getByText('您还没有记过家访').waitFor()
    await expect.poll(() => officer.getByRole('tab', { name: '待审核' }).count()).toBe(0)
    await officer.getByRole('link', { name: '各单位的进度' }).click()
    await officer.getByRole('heading', { name: /覆盖率/, level: 1 }).waitFor()
  })
})
