import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { unsettled } from '../journeys/settled.ts'

/** Where the pictures of the README and the guides stand. */
export const folder = join(import.meta.dirname, '../docs/images')

/** How long a page may take to settle before it is told what it waits for. */
const patienceMs = 60_000

/** Waits until every answer is drawn and nothing moves, then takes the picture. */
export const take = async (page: Page, name: string): Promise<void> => {
  // What was clicked last does not look as if a hand lay on it.
  await page.mouse.move(1, 1)
  const until = Date.now() + patienceMs
  // A part that is still to be drawn holds its place with a skeleton: a chart does so longest.
  const awaited = async (): Promise<string[]> => [
    ...(await page.getByRole('status', { name: '正在读取' }).allInnerTexts()).map(() => 'a skeleton'),
    ...(await unsettled(page)),
  ]
  for (let left = await awaited(); left.length > 0; left = await awaited())
    if (Date.now() > until) throw new Error(`${name} does not settle: ${left.join(' ')}`)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  process.stdout.write(`docs/images/${name}.png\n`)
}
