import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { journeyDay, openStage, phone, type Stage } from '../journeys/stage.ts'
import setUpTestCluster from '../server/platform/database/test-cluster.ts'
import { folder, take } from './take-picture.ts'

const root = join(import.meta.dirname, '..')
/** A workbook of the county, handed over with its content: the browser cannot find a Chinese name by itself here. */
const workbook = (name: string) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: readFileSync(join(root, 'tools/fixtures/linhu-county', name)),
})

const open = async (stage: Stage, page: Page, path: string): Promise<void> => {
  await page.goto(`${stage.address}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const atDesk = async (stage: Stage, account: string, size?: typeof phone): Promise<Page> => {
  const page = await stage.visitor(size)
  await stage.signIn(page, account)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

/** Opens the first student of a list, where one answers to the search. */
const firstStudent = async (stage: Stage, page: Page, path: string): Promise<void> => {
  await open(stage, page, path)
  await page.getByRole('table').locator('tbody tr').first().click()
  await page.getByRole('tab').first().waitFor()
}

const asOfficer = async (stage: Stage): Promise<void> => {
  const page = await atDesk(stage, 'xian')
  await take(page, 'desk-officer-1440')
  await open(stage, page, '/coverage')
  await take(page, 'coverage-1440')
  await page.getByRole('table').getByRole('link', { name: '临湖县第一小学', exact: true }).click()
  await page.getByRole('heading', { name: /第一小学 · 覆盖率/ }).waitFor()
  await page
    .getByRole('link', { name: /家访全覆盖/ })
    .first()
    .click()
  await page.getByRole('table', { name: '未完成名单' }).waitFor()
  await take(page, 'coverage-missing-1440')
  for (const [path, name] of [
    ['/policies', 'policies-1440'],
    ['/flows/proposals', 'proposals-1440'],
    ['/students', 'students-1440'],
  ] as const) {
    await open(stage, page, path)
    await take(page, name)
  }
  await open(stage, page, '/units')
  await page.getByText('临湖县第一小学').first().click()
  await take(page, 'unit-1440')
  await takeImport(stage, page)
}

const takeImport = async (stage: Stage, page: Page): Promise<void> => {
  await open(stage, page, '/imports')
  await take(page, 'imports-1440')
  await page.getByRole('row').filter({ hasText: '02-' }).first().click()
  await page.getByRole('link', { name: '逐行核对' }).click()
  await page
    .getByText(/名单第 \d+ 行/)
    .first()
    .waitFor()
  await take(page, 'matches-1440')
  await open(stage, page, '/imports')
  await page.getByLabel('选择要交的表格文件').setInputFiles(workbook('03-残联持证残疾人名单.xlsx'))
  await page.getByRole('link', { name: '去确认' }).click()
  await page.getByRole('button', { name: '按此核对' }).waitFor()
  await take(page, 'import-columns-1440')
  await page.getByRole('button', { name: '按此核对' }).press('Enter')
  await page.getByRole('button', { name: '写入…' }).waitFor()
  await take(page, 'import-preview-1440')
}

const asPrincipal = async (stage: Stage): Promise<void> => {
  const page = await atDesk(stage, 'xiaozhang')
  await take(page, 'desk-principal-1440')
  await open(stage, page, '/coverage')
  await page
    .getByRole('link', { name: /导师配备全覆盖/ })
    .first()
    .click()
  await page.getByRole('table', { name: '未完成名单' }).getByRole('link').first().click()
  await page.getByRole('tab').first().waitFor()
  await take(page, 'student-1440')
  const why = page.getByRole('button', { name: /为什么/ }).first()
  await page.getByRole('tab', { name: /归类/ }).click()
  await why.click()
  await page.getByRole('dialog').waitFor()
  await take(page, 'why-1440')
  await open(stage, page, '/flows/proposals?kind=key-listing')
  await page.getByText('此名单不得公布').waitFor()
  await take(page, 'key-listing-1440')
  await open(stage, page, '/visits?tab=review')
  await page.getByRole('table', { name: '待审核的记录' }).locator('tbody tr').first().waitFor()
  await take(page, 'visits-review-1440')
  await open(stage, page, '/units')
  await page.getByRole('tab', { name: '人员' }).click()
  const people = page.getByRole('table', { name: '人员与岗位' })
  await people
    .getByRole('button', { name: /的账号$/ })
    .nth(4)
    .click()
  await page.getByRole('dialog').getByRole('heading', { name: '离职' }).waitFor()
  await take(page, 'account-1440')
}

const onPhones = async (stage: Stage): Promise<void> => {
  const teacher = await atDesk(stage, 'banzhuren', phone)
  await take(teacher, 'desk-390')
  await teacher.getByRole('button', { name: '看名单' }).last().click()
  await teacher.getByRole('button', { name: '去记录' }).first().click()
  await teacher.getByRole('button', { name: '提交记录' }).waitFor()
  await teacher.getByText('入户', { exact: true }).click()
  await teacher.getByText('母亲', { exact: true }).click()
  await take(teacher, 'visit-390')
  await teacher.getByRole('button', { name: '提交记录' }).click()
  await teacher.getByText('记下了').waitFor()
  await take(teacher, 'visit-done-390')
  await open(stage, teacher, '/visits')
  await take(teacher, 'visits-390')
  const mentor = await atDesk(stage, 'daoshi', phone)
  await take(mentor, 'my-students-390')
  const officer = await atDesk(stage, 'xian', phone)
  await open(stage, officer, '/coverage')
  await take(officer, 'coverage-390')
}

/** A request from the file of a student to the decision, and what a family sees of its own. */
const withCases = async (stage: Stage): Promise<void> => {
  const teacher = await atDesk(stage, 'banzhuren')
  await firstStudent(stage, teacher, '/students')
  await teacher.getByRole('button', { name: '发起事项' }).click()
  await teacher.getByRole('link', { name: /学籍变动/ }).waitFor()
  await take(teacher, 'flows-new-1440')
  await teacher.getByRole('link', { name: /学籍变动/ }).click()
  await teacher.getByText('休学', { exact: true }).click()
  await teacher.getByLabel('从哪天起').fill(journeyDay)
  await teacher.getByLabel('原因').fill('骨折住院,医生建议休养一学期。')
  await teacher.getByRole('button', { name: '提交', exact: true }).click()
  await teacher.getByText('待学校审核').waitFor()
  const officer = await atDesk(stage, 'zizhu')
  await open(stage, officer, '/flows')
  await officer.getByText('待学校审核').first().waitFor()
  await take(officer, 'flows-1440')
  await officer.getByText('待学校审核').first().click()
  await officer.getByRole('button', { name: '同意', exact: true }).click()
  await take(officer, 'case-1440')
  await open(stage, officer, '/flows/delegations')
  await take(officer, 'delegations-1440')
  const mother = await atDesk(stage, 'jiazhang', phone)
  await mother.getByText('班级').first().waitFor()
  await take(mother, 'my-390')
}

const asOthers = async (stage: Stage): Promise<void> => {
  const nobody = await stage.visitor()
  await nobody.getByRole('heading', { name: '演示账号' }).waitFor()
  await take(nobody, 'sign-in-1440')
  const auditor = await atDesk(stage, 'shenji')
  await open(stage, auditor, '/audit')
  await take(auditor, 'audit-1440')
  const psychologist = await atDesk(stage, 'xinli')
  await firstStudent(stage, psychologist, '/students')
  await take(psychologist, 'student-psychology-1440')
}

/** Takes the pictures of the README and the guides from the demonstration county, where all people are invented. */
const takeScreenshots = async (): Promise<number> => {
  mkdirSync(folder, { recursive: true })
  const tearDown = await setUpTestCluster()
  // Fields for a date are drawn by the browser itself, in the language of its machine: as the offices have it.
  const stage = await openStage({ demo: true, machine: { LC_ALL: 'zh_CN.UTF-8' } })
  let missed = 0
  try {
    for (const part of [asOthers, withCases, onPhones, asPrincipal, asOfficer]) {
      try {
        await part(stage)
      } catch (error) {
        missed += 1
        process.stderr.write(`${part.name}: ${error instanceof Error ? error.message : String(error)}\n`)
      }
    }
  } finally {
    await stage.close()
    await tearDown()
  }
  return missed > 0 ? 1 : 0
}

process.exit(await takeScreenshots())
