import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAs, signInOf } from './asking.ts'
import { wordsFoundIn } from './label-words.ts'
import { settled } from './settled.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let names: string[]
const outsiders: Record<string, string> = { auditor: 'shenji', administrator: 'guanli' }

beforeAll(async () => {
  stage = await openStage({ demo: true })
  const owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  names = (await owner.query<{ name: string }>('select distinct name from students')).rows.map(({ name }) => name)
  await owner.end()
  outsiders.teacher = await signInOf(stage, { post: 'teacher', unitName: '临湖县第一小学', unpaired: true })
})
afterAll(() => stage?.close())

/**
 * Words allowed before outsiders, each with its reason. Whatever they stand in must not name a child: that is asked of
 * every text where one was taken out.
 */
const allowed: readonly (readonly [RegExp, string])[] = [
  [/(教育部门|学校)资助专干/g, 'the name of a post: who is answerable, as a door plate says it'],
  [/学生资助(管理|工作)?(中心|办公室|领导小组)/g, 'the name of an office'],
]

/** Places whose subject is the published rules or the names of the six coverages: they speak of measures, not of children. */
const ofRules = ['/policies', '/coverage']
const ofRulesAsked = /^(policies|counts)\./

const withoutAllowed = (text: string): string => allowed.reduce((rest, [pattern]) => rest.replace(pattern, ''), text)

const childrenIn = (text: string): string[] => names.filter((name) => name.length > 2 && text.includes(name))

/** Everything a page says, to the eye and to a reader of screens. */
const wordsOf = async (page: Page): Promise<string> => {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
  const hidden = await page.evaluate(() =>
    [...document.querySelectorAll('[aria-label],[title],[alt],[placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    ),
  )
  return [await page.title(), await page.locator('body').textContent(), ...hidden].join('\n')
}

const paths = ['/', '/students', '/coverage', '/flows', '/imports', '/units', '/policies', '/audit', '/records/here']

describe('[C24] before people outside the care team nothing labels a child', () => {
  test.each(['teacher', 'auditor', 'administrator'])('no screen of the %s', async (who) => {
    const page = await stage.visitor()
    await stage.signIn(page, outsiders[who] ?? '')
    const told: string[] = []
    for (const path of paths) {
      await page.goto(stage.address + path)
      const text = await wordsOf(page)
      const found = wordsFoundIn(withoutAllowed(text))
      const children = childrenIn(text)
      const speaksOfRules = ofRules.includes(path)
      if (found.length > 0 && (!speaksOfRules || children.length > 0))
        told.push(`${path}: ${found.join(' ')} ${children.slice(0, 3).join(' ')}`)
      if (wordsFoundIn(await page.title()).length > 0) told.push(`${path}: its title`)
    }
    expect(told).toEqual([])
  })

  test.each(['teacher', 'auditor', 'administrator'])('no answer and no file name for the %s', async (who) => {
    const ask = await askAs(stage, outsiders[who] ?? '')
    const told: string[] = []
    for (const { endpoint } of stage.program.served) {
      if (endpoint.method !== 'GET' || /:\w+/.test(endpoint.path)) continue
      const { body, fileName, status } = await ask(endpoint, {})
      if (wordsFoundIn(fileName).length > 0) told.push(`${endpoint.name}: ${fileName}`)
      if (status !== 200 || ofRulesAsked.test(endpoint.name)) continue
      const found = wordsFoundIn(withoutAllowed(body))
      if (found.length > 0) told.push(`${endpoint.name}: ${found.join(' ')}`)
    }
    expect(told).toEqual([])
  })

  test('titles of the browser and headings are neutral on the screens of those who do care', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'banzhuren')
    for (const path of ['/', '/students', '/records/here', '/units']) {
      await page.goto(stage.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await settled(page)
      const headings = await page.getByRole('heading').allTextContents()
      expect([path, ...wordsFoundIn([await page.title(), ...headings].join('\n'))]).toEqual([path])
    }
  })

  test('classes are not shown in the list of students until somebody asks for them', async () => {
    const page = await stage.visitor()
    await stage.signIn(page, 'xiaozhang')
    await page.goto(`${stage.address}/students`)
    const table = page.getByRole('table', { name: '学生列表' })
    await table.locator('tbody tr').first().waitFor()
    expect(await table.getByRole('columnheader').allTextContents()).not.toContain('类别')
    expect(wordsFoundIn((await table.textContent()) ?? '')).toEqual([])
  })
})
