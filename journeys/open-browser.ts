import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')

// Headless machines have no Chinese font; the one in the packages is shown to the browser through fontconfig.
const layFonts = (folder: string): string => {
  const fonts = join(root, 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular')
  const file = join(folder, 'fonts.conf')
  mkdirSync(join(folder, 'cache'))
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  return file
}

/**
 * The browser of the packages, unpacked once beside the program. Its package unpacks into the temporary folder and takes a
 * half-written file of another process for a whole one: so each unpacks into a folder of its own, and the first to be
 * done gives it its name.
 */
const unpackedBrowser = async (): Promise<string> => {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string
  }
  const kept = join(root, '.cache', `browser-${version}`)
  if (existsSync(kept)) return join(kept, 'chromium')
  mkdirSync(join(root, '.cache'), { recursive: true })
  const own = mkdtempSync(`${kept}-`)
  const temporary = process.env.TMPDIR
  process.env.TMPDIR = own
  try {
    await chromiumPackage.executablePath()
    renameSync(own, kept)
  } catch (error) {
    if (!existsSync(kept)) throw error
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
    rmSync(own, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  return join(kept, 'chromium')
}

/**
 * A real browser without a window; its own files go with it when `close` is called. `machine` is its environment: where
 * that names a language the machine has not got, the browser finds no file of a Chinese name.
 */
export const openBrowser = async (
  machine: Readonly<Record<string, string>> = {},
): Promise<{ browser: Browser; close: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-fonts-'))
  const browser = await chromium.launch({
    executablePath: await unpackedBrowser(),
    headless: true,
    env: { ...process.env, ...machine, FONTCONFIG_FILE: layFonts(folder) } as Record<string, string>,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  })
  return {
    browser,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}
