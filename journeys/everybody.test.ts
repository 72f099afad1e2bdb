import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settled } from './settled.ts'
import { desktop, openStage, phone, type Stage, seriousFindings } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage({ demo: true })
})
afterAll(() => stage?.close())

/** Every place of the menu that this person has, and what lies beside it. */
const pathsOf = async (page: Page): Promise<string[]> => {
  const ofMenu = await page.evaluate(async () => {
    const answer = await fetch('/api/me')
    return ((await answer.json()) as { places: string[] }).places
  })
  const known: Record<string, string> = { desk: '/', counts: '/coverage' }
  return [...ofMenu.map((place) => known[place] ?? `/${place}`), '/records/here']
}
const sizes = [
  ['a desk', desktop],
  ['a phone', phone],
] as const

describe('everybody can read and reach it', () => {
  test.each(sizes)('no page has a serious fault of accessibility on %s', async (_, size) => {
    const page = await stage.visitor(size)
    const found: string[] = (await seriousFindings(page)).map((finding) => `sign-in: ${finding}`)
    await stage.signIn(page, 'zizhu')
    for (const path of await pathsOf(page)) {
      await page.goto(stage.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      found.push(...(await seriousFindings(page)).map((finding) => `${path}: ${finding}`))
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > size.width) found.push(`${path}: scrolls sideways`)
    }
    expect(found).toEqual([])
  })

  test('the auditor and the administrator find no fault either', async () => {
    const found: string[] = []
    for (const who of ['shenji', 'guanli']) {
      const page = await stage.visitor()
      await stage.signIn(page, who)
      for (const path of await pathsOf(page)) {
        await page.goto(stage.address + path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await settled(page)
        found.push(...(await seriousFindings(page)).map((finding) => `${who} ${path}: ${finding}`))
      }
    }
    expect(found).toEqual([])
  })

  test('no page scrolls sideways at the widths between a phone and a desk', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'xian')
    const found: string[] = []
    for (const path of await pathsOf(page)) {
      await page.goto(stage.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      for (const width of [768, 1024, 1200, 1366]) {
        await page.setViewportSize({ width, height: 800 })
        const needed = await page.evaluate(() => document.documentElement.scrollWidth)
        if (needed > width) found.push(`${path} at ${width}: ${needed}`)
      }
    }
    expect(found).toEqual([])
  })

  test('by keyboard alone: past the navigation into the page, down the list, into a file and back', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'zizhu')
    await page.goto(`${stage.address}/units`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('跳到正文')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('page')

    await page.goto(`${stage.address}/students`)
    const rows = page.getByRole('table', { name: '学生列表' }).locator('tbody tr')
    await rows.first().waitFor()
    await rows.first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const second = rows.nth(1)
    await expect.poll(() => second.evaluate((row) => row === document.activeElement)).toBe(true)
    const name = (await second.getByRole('cell').nth(1).textContent()) ?? ''
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor()
  })
})
