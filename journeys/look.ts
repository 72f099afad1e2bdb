import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from './settled.ts'
import { desktop, phone, seriousFindings } from './stage.ts'

/**
 * Whether a page stands well at the widths asked for: nothing serious for axe, nothing beyond the edge; with a picture of
 * each where `JOURNEY_PICTURES` names a folder.
 */
export const look = async (page: Page, name: string, sizes = [desktop, phone]): Promise<void> => {
  const folder = process.env.JOURNEY_PICTURES
  const before = page.viewportSize() ?? desktop
  for (const size of sizes) {
    await page.setViewportSize(size)
    await settled(page)
    if (folder) await page.screenshot({ path: `${folder}/${name}-${size.width}.png`, fullPage: true })
    // A field that waits with its search until nobody types stands open for a moment with nothing to choose from.
    await expect.poll(() => seriousFindings(page), { message: `${name} at ${size.width}` }).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} at ${size.width}`).toBe(size.width)
  }
  await page.setViewportSize(before)
}
