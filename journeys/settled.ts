import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'

const underWay = new WeakMap<Page, Set<Request>>()

/** Counts what the page asks the server for from now on. */
export const countRequests = (page: Page): void => {
  const open = new Set<Request>()
  underWay.set(page, open)
  page.on('request', (request) => {
    // A new document: what the last one asked for is nobody's any more.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) open.clear()
    open.add(request)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

// Once the page has nothing to do: no placeholder stands for an answer, and nothing is on its way in or out of sight.
const isStill = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve)))
    const moving = document
      .getAnimations()
      .filter((animation) => animation.playState === 'running' && animation.effect?.getTiming().iterations !== Infinity)
    return moving.length === 0 && document.querySelector('.skeleton') === null
  })

/** Waits until a page has a heading or an alert, every answer it asked for, and has drawn them. */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading').or(page.getByRole('alert')).first().waitFor()
  const isQuiet = async (): Promise<boolean> =>
    underWay.get(page)?.size === 0 && (await isStill(page)) && underWay.get(page)?.size === 0
  await expect.poll(async () => (await isQuiet()) && isQuiet()).toBe(true)
}
