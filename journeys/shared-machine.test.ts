import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, phone, type Stage, seriousFindings } from './stage.ts'

let stage: Stage
let page: Page
const words = '祖父照看,父亲在外务工'
const lastWords = ',母亲住院'

beforeAll(async () => {
  stage = await openStage({ demo: true })
  page = await stage.visitor(phone)
  await stage.signIn(page, 'banzhuren')
})
afterAll(() => stage?.close())

/** Every byte the browser keeps for this address in its databases, as text and as numbers. */
const rawStore = async (): Promise<{ text: string; rows: Record<string, number> }> =>
  page.evaluate(async () => {
    const text: string[] = []
    const rows: Record<string, number> = {}
    const decode = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes)
    const walk = async (value: unknown): Promise<void> => {
      if (value instanceof ArrayBuffer) text.push(decode(value))
      else if (ArrayBuffer.isView(value)) text.push(decode(value.buffer as ArrayBuffer))
      else if (value instanceof Blob) text.push(decode(await value.arrayBuffer()))
      else if (value instanceof CryptoKey) text.push(`key ${value.extractable}`)
      else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) await walk(one)
      else text.push(String(value))
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name ?? '')
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown[]>((resolve, reject) => {
          const asked = database.transaction(store).objectStore(store).getAll()
          asked.onsuccess = () => resolve(asked.result)
          asked.onerror = () => reject(asked.error)
        })
        rows[store] = all.length
        await walk(all)
      }
      database.close()
    }
    return { text: text.join('\n'), rows }
  })

const note = () => page.getByRole('textbox', { name: /家庭主要情况/ })

const signOut = async (choice: RegExp | null): Promise<void> => {
  await page.goto(stage.address)
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  if (choice) await page.getByRole('button', { name: choice }).click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor()
}

describe('[C13] what a teacher writes on a machine that others use', () => {
  test('lies on the device without a word that can be read, under a key no script can take', async () => {
    await page.goto(`${stage.address}/students`)
    const list = page.getByRole('list', { name: '学生列表' })
    await list.getByRole('listitem').first().getByRole('button').first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: '记一笔' }).first().click()
    await page.getByRole('menuitem', { name: '家访' }).click()
    await page.getByRole('heading', { name: '家访', level: 1 }).waitFor()
    await note().fill(words)
    await page.getByText(/^已保存 \d\d:\d\d$/).waitFor()
    const { text, rows } = await rawStore()
    expect(rows).toMatchObject({ papers: 1, keys: 1 })
    expect(text).toContain('key false')
    expect(words.split(',').filter((part) => text.includes(part))).toEqual([])
    expect(await seriousFindings(page)).toEqual([])
  })

  test('the last words are kept although the page goes away in the same moment', async () => {
    await note().press('End')
    await page.keyboard.insertText(lastWords)
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide')))
    await page.reload()
    await expect.poll(() => note().inputValue()).toBe(words + lastWords)
  })

  test('stays when its author says so, and is there after the next sign-in', async () => {
    await signOut(/^保留在本机/)
    expect((await rawStore()).rows.papers).toBe(1)
    await stage.signIn(page, 'banzhuren')
    await page.goto(`${stage.address}/records/here`)
    await page.getByRole('button', { name: '接着写' }).click()
    await expect.poll(() => note().inputValue()).toBe(words + lastWords)
  })

  test('is gone with its key when its author deletes it on the way out', async () => {
    await signOut(/^删除并退出/)
    expect((await rawStore()).rows).toEqual({ papers: 0, files: 0, kinds: 0, keys: 0 })
  })

  test('leaves nothing behind when nothing waits', async () => {
    await stage.signIn(page, 'banzhuren')
    await page.goto(`${stage.address}/records/here`)
    await page.getByText('本机没有留下的记录').waitFor()
    await signOut(null)
    expect((await rawStore()).rows).toEqual({ papers: 0, files: 0, kinds: 0, keys: 0 })
  })
})
