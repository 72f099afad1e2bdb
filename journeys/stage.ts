import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import pino from 'pino'
import type { BrowserContext, Page } from 'playwright-core'
import { secretsFrom } from '#server/platform'
import { copyWeb } from '../server/build-web.ts'
import { compose, type Program } from '../server/compose.ts'
import { copiedDatabase, freshDatabase, type TestDatabase } from '../server/platform/database/test-database.ts'
import { openBrowser } from './open-browser.ts'
import { countRequests } from './settled.ts'

/** Screens as offices and teachers have them. */
export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

export interface Stage {
  readonly program: Program
  /** Passes row policies: for controls, never for what is tested. */
  readonly ownerUrl: string
  readonly address: string
  /** A browser of its own, as another person at another machine. */
  readonly visitor: (size?: { width: number; height: number }) => Promise<Page>
  /** Signs in with an account and waits for the shell. */
  readonly signIn: (page: Page, loginName: string, password?: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** With `JOURNEY_PICTURES=folder` (and `--bail 1`) each screen is kept as it stood at the end. */
const keepPictures = async (contexts: readonly BrowserContext[]): Promise<void> => {
  const folder = process.env.JOURNEY_PICTURES
  if (!folder) return
  const pages = contexts.flatMap((context) => context.pages())
  for (const [index, page] of pages.entries()) await page.screenshot({ path: join(folder, `screen-${index}.png`) })
}

/** How long a screen may take: slow machines only, whoever waits for a thing goes on when it is there. */
const screenPatienceMs = 180_000

/** The day on which the journeys happen: the ten workbooks were made for this term. */
export const journeyDay = '2025-11-20'

/** The password of the demonstration's sign-ins, printed on its sign-in page. */
export const demoPassword = 'Tongxing-2025'

interface StageWishes {
  /** The demonstration county, loaded from its ten workbooks; otherwise an empty database. */
  readonly demo: boolean
  readonly today?: string
  /** A later day on which it is opened; the county is the one loaded for `today`. */
  readonly opensOn?: string
  /** Environment of the browser. */
  readonly machine?: Readonly<Record<string, string>>
}

// The clock goes on from ten in the morning of the day, so that what is due and what is late agree with it.
const clockFrom = (day: string): (() => Date) => {
  const ahead = Date.parse(`${day}T10:00:00+08:00`) - Date.now()
  return () => new Date(Date.now() + ahead)
}

const composeOver = (database: TestDatabase, filesFolder: string, today: string, webFolder?: string) =>
  compose({
    appUrl: database.appUrl,
    workerUrl: database.workerUrl,
    jobsUrl: database.ownerUrl,
    secrets: secretsFrom(Buffer.alloc(32, 7), Buffer.alloc(32, 9)),
    filesFolder,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    demo: true,
    version: 'journey',
    secure: false,
    ...(webFolder ? { webFolder } : {}),
    connections: 10,
    today: () => today,
    now: clockFrom(today),
  })

// Loading takes long: one run loads it once, and each journey begins on a copy.
const countyDatabase = (filesFolder: string, today: string): Promise<TestDatabase> =>
  copiedDatabase(`county_${today.replaceAll('-', '')}`, async (database) => {
    const program = await composeOver(database, filesFolder, today)
    await program.prepare(() => {})
    await program.close()
  })

/** Opens the product as `npm start` would, over a database of its own, with a real browser before it. */
export const openStage = async ({
  demo,
  today = journeyDay,
  opensOn = today,
  machine = {},
}: StageWishes): Promise<Stage> => {
  const webFolder = mkdtempSync(join(tmpdir(), 'tongxing-pages-'))
  // A copy: pages built anew by another run must not be taken from under these visitors.
  await copyWeb(webFolder)
  const filesFolder = mkdtempSync(join(tmpdir(), 'tongxing-files-'))
  const database = demo ? await countyDatabase(filesFolder, today) : await freshDatabase()
  const program = await composeOver(database, filesFolder, opensOn, webFolder)
  const address = await program.app.listen({ port: 0, host: '127.0.0.1' })
  const { browser, close: closeBrowser } = await openBrowser(machine)
  const contexts: BrowserContext[] = []
  return {
    program,
    ownerUrl: database.ownerUrl,
    address,
    visitor: async (size = desktop) => {
      const context = await browser.newContext({
        viewport: size,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        hasTouch: size.width < 600,
        acceptDownloads: true,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(screenPatienceMs)
      countRequests(page)
      await page.goto(address)
      return page
    },
    signIn: async (page, loginName, password = demoPassword) => {
      await page.getByRole('textbox', { name: '账号' }).fill(loginName)
      await page.getByLabel('密码').fill(password)
      await page.getByRole('button', { name: '登录', exact: true }).click()
      await page.getByRole('navigation', { name: '主导航' }).waitFor()
    },
    close: async () => {
      await keepPictures(contexts)
      for (const context of contexts) await context.close()
      await closeBrowser()
      await program.close()
      await database.drop()
      for (const folder of [filesFolder, webFolder])
        rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** What axe finds serious or worse on the page as it stands: sentences, empty when all is well. */
export const seriousFindings = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as {
      axe: {
        run: (
          options: object,
        ) => Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>
      }
    }
    return (await engine.run({ resultTypes: ['violations'] })).violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(', ')}`,
    )
}
