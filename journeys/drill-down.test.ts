import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWorkbook } from '#server/platform/spreadsheets'
import { labelWords, wordsFoundIn } from './label-words.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage({ demo: true })
  page = await stage.visitor()
  await stage.signIn(page, 'xian')
})
afterAll(() => stage?.close())

const school = '临湖县第一小学'

const sheetsOf = async (download: Download) => {
  const path = await download.path()
  const content = await readFile(path)
  const sheets = new Set<string>()
  const rows: string[][] = []
  for await (const { sheet, cells } of readWorkbook({ name: download.suggestedFilename(), content })) {
    sheets.add(sheet)
    rows.push([...cells])
  }
  return { content, sheets: [...sheets], rows }
}

/** The first column of a table, after every further page was asked for. */
const namesIn = async (label: string): Promise<string[]> => {
  const table = page.getByRole('table', { name: label })
  await table.waitFor()
  const more = page.getByRole('button', { name: '再看 50 条' })
  while (await more.isVisible()) {
    const before = await table.getByRole('row').count()
    await more.click()
    await expect.poll(() => table.getByRole('row').count()).toBeGreaterThan(before)
  }
  return table.locator('tbody tr td:first-child').allTextContents()
}

const exportMissing = async (): Promise<Download> => {
  await page.getByRole('button', { name: '导出未完成名单' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Excel' }).press('Enter'),
  ])
  return download
}

describe('[C12] from the county to a name', () => {
  let names: string[] = []

  test('each figure of the county opens into the next unit and at last into who is missing', async () => {
    await page.getByRole('menuitem', { name: '覆盖率' }).click()
    await page.getByRole('heading', { name: '临湖县 · 覆盖率' }).waitFor()
    const table = page.getByRole('table', { name: '下级单位的六项覆盖' })
    await table.getByRole('link', { name: school, exact: true }).click()
    await page.getByRole('heading', { name: `${school} · 覆盖率` }).waitFor()

    await page
      .getByRole('link', { name: /家访全覆盖/ })
      .first()
      .click()
    await page.getByRole('heading', { name: /家访全覆盖/, level: 1 }).waitFor()
    names = await namesIn('未完成名单')
    expect(names.length).toBeGreaterThan(5)
    await expect
      .poll(() => page.getByRole('heading', { name: /^未完成名单/ }).textContent())
      .toContain(`${names.length}`)
  })

  test('[C24] the export holds the same names, and its file, its sheet and its properties say nothing about them', async () => {
    const download = await exportMissing()
    const { content, sheets, rows } = await sheetsOf(download)
    const header = rows.findIndex((row) => row.includes('姓名'))
    const at = rows[header]?.indexOf('姓名') ?? -1
    const exported = rows.slice(header + 1).flatMap((row) => row[at] ?? [])
    expect(exported.filter((name) => names.includes(name)).sort()).toEqual([...names].sort())
    expect(labelWords.length).toBeGreaterThan(0)
    for (const text of [download.suggestedFilename(), ...sheets, ...rows.flat()]) expect(wordsFoundIn(text)).toEqual([])
    expect(content.subarray(0, 2).toString()).toBe('PK')
  })

  test('a name opens the file of that student, which says why it may be seen', async () => {
    const name = names[0] ?? ''
    await page.getByRole('table', { name: '未完成名单' }).getByRole('link', { name, exact: true }).first().click()
    await page.getByRole('heading', { name: new RegExp(name), level: 1 }).waitFor()
  })

  test('[C13] the export is on file for the auditor', async () => {
    const auditor = await stage.visitor()
    await stage.signIn(auditor, 'shenji')
    await auditor.getByRole('menuitem', { name: '审计' }).click()
    await auditor
      .getByRole('row', { name: /陆文清.*导出/ })
      .first()
      .waitFor()
  })
})
