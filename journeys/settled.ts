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

/** What moves once the page has nothing to work out. */
const moving = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve), { timeout: 2_000 }))
    return document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
      .map(() => 'something moves')
  })

/** What is still on its way to the page, or moves on it: empty when it has settled. */
export const unsettled = async (page: Page): Promise<string[]> => {
  const asked = (): string[] => [...(underWay.get(page) ?? [])].map((request) => request.url())
  const once = async (): Promise<string[]> => [...asked(), ...(await moving(page)), ...asked()]
  // Twice: an answer that was just drawn may ask for the next.
  return [...(await once()), ...(await once())]
}

/** Waits until a page has a heading or an alert, every answer it asked for, and has drawn them. */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading').or(page.getByRole('alert')).first().waitFor()
  await expect.poll(() => unsettled(page)).toEqual([])
}
