import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allAnswers, differing, steadyAnswers } from './all-answers.ts'
import { askAs, signInOf } from './asking.ts'
import { choose } from './choose.ts'
import { addGuardianAccount } from './guardian-account.ts'
import { wordsFoundIn } from './label-words.ts'
import { look } from './look.ts'
import { desktop, openStage, phone, type Stage } from './stage.ts'

/** The place of the demonstration that lives under the pack of Shaanxi: there the list is asked for, judged and filed. */
const school = '清河县城关小学'
const otherSchool = '清河县第一初级中学'

interface Child {
  readonly id: string
  readonly name: string
  readonly schoolId: string
  readonly classId: string
  readonly className: string
}

let stage: Stage
let owner: pg.Client
let child: Child
let caseId = ''
const pages: Record<string, Page> = {}
const names: Record<string, string> = {}

const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
  (await owner.query(text, values)).rows[0] as Row

const nameOf = async (loginName: string): Promise<string> =>
  (
    await row<{ name: string }>(
      'select p.name from accounts a join people p on p.id = a.person_id where a.login_name = $1',
      [loginName],
    )
  ).name

const enter = async (who: string, loginName: string, size = desktop): Promise<Page> => {
  const page = await stage.visitor(size)
  await stage.signIn(page, loginName)
  pages[who] = page
  names[who] = await nameOf(loginName)
  return page
}

/** What stands for the names in an address: this child, and a case. */
const fillingOf = (of = child.id) => ({
  schoolId: child.schoolId,
  studentId: child.id,
  unitId: child.schoolId,
  unit: child.schoolId,
  classId: child.classId,
  search: child.name,
  box: 'todo',
  newId: child.id,
  caseId: of,
})

let outsiders: Record<string, string> = {}
const before: Record<string, ReadonlyMap<string, string>> = {}

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  // A child nobody asked for yet, whose name nobody else bears.
  child = await row<Child>(
    `select s.id, s.name, s.school_id as "schoolId", k.id as "classId", k.name as "className" from students s join units k on k.id = s.class_id
      join units o on o.id = s.school_id
     where o.name = $1 and s.status = 1 and k.name = '2023级1班'
       and (select count(*) from students t where t.name = s.name) = 1
       and not exists (select from flow_cases c where c.student_id = s.id)
       and not exists (select from key_listings l where l.student_id = s.id) order by s.id limit 1`,
    [school],
  )
  const classTeacher = await row<{ name: string }>(
    `select p.name from appointments a join people p on p.id = a.person_id where a.unit_id = $1 and a.post = 'class-teacher'`,
    [child.classId],
  )
  const other = await row<{ name: string }>(
    `select p.name from appointments a join people p on p.id = a.person_id join units k on k.id = a.unit_id
     where k.school_id = $1 and k.id <> $2 and a.post = 'class-teacher' order by k.name limit 1`,
    [child.schoolId, child.classId],
  )
  const at = { unitName: school }
  await enter('teacher', await signInOf(stage, { post: 'class-teacher', ...at, name: classTeacher.name }))
  await enter('officer', await signInOf(stage, { post: 'school-aid-officer', ...at }))
  await enter('principal', await signInOf(stage, { post: 'principal', ...at }))
  await enter('psychologist', await signInOf(stage, { post: 'psychology-teacher', ...at }))
  await enter('county', 'shaanxi')
  outsiders = {
    colleague: await signInOf(stage, { post: 'class-teacher', ...at, name: other.name }),
    stranger: await signInOf(stage, { post: 'principal', unitName: otherSchool }),
    guardian: await addGuardianAccount(stage, owner, child),
  }
  for (const [who, loginName] of Object.entries(outsiders))
    before[who] = await steadyAnswers(stage, loginName, fillingOf())
}, 600_000)
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const at = (who: string): Page => pages[who] as Page
const go = (who: string, path: string) => at(who).goto(stage.address + path)
describe('[G3 G4 G5 G6 G28] a teacher asks, a panel judges, the school confirms, the county gives its receipt', () => {
  test('the class teacher asks from the file, on any day, with facts, reasons and the care asked for', async () => {
    const page = at('teacher')
    await go('teacher', `/students/${child.schoolId}/${child.id}`)
    await page.getByRole('button', { name: '发起事项' }).click()
    await page.getByRole('link', { name: '重点关爱对象的申请、评议和确认' }).click()
    await page.getByText('这件事不公布').waitFor()
    await page.getByLabel('事实和理由').fill('近两个月常独自坐着,晚上一个人在家。')
    await page.getByLabel('申请的关爱内容').fill('每周谈心一次,课后辅导两次')
    await look(page, 'care-ask')
    await page.getByRole('button', { name: '提交申请' }).click()
    await page.getByText('学校正在研究').first().waitFor()
    caseId = page.url().split('/').at(-1) ?? ''
    await look(page, 'care-asked')
    expect(await page.locator('main').textContent()).not.toContain('待集体评议')
  })

  test('a panel is convened, judges need and feasibility, one vote each, and closes with minutes', async () => {
    const page = at('officer')
    await go('officer', '/flows/panels')
    await page
      .getByRole('button', { name: `为 ${school} 组成评议组` })
      .first()
      .waitFor()
    await look(page, 'care-panels')
    await page
      .getByRole('button', { name: `为 ${school} 组成评议组` })
      .first()
      .click()
    for (const [index, who] of ['principal', 'psychologist', 'officer'].entries())
      await choose(page, `第 ${index + 1} 位成员`, names[who] ?? '')
    await look(page, 'care-convene')
    await page.getByRole('dialog').getByRole('button', { name: '组成评议组' }).click()
    await page.waitForURL(/\/flows\/panels\/[0-9a-f-]{36}$/)
    const panel = new URL(page.url()).pathname
    await page.getByRole('button', { name: '都到了' }).click()
    await page.getByText('实到 3 人').waitFor()
    for (const who of ['officer', 'psychologist', 'principal']) {
      const member = at(who)
      await member.goto(stage.address + panel)
      await member.getByText(child.name).first().waitFor()
      await member.getByText('近两个月常独自坐着').first().waitFor()
      if (who === 'psychologist') await look(member, 'care-vote')
      const ballots = member.locator('fieldset.ballot')
      await ballots.first().waitFor()
      for (let left = await ballots.count(); left > 0; left--) {
        await ballots.first().getByText('必要且可行', { exact: true }).click()
        await ballots.first().getByRole('button', { name: '投票' }).click()
        await expect.poll(() => ballots.count(), { timeout: 20_000 }).toBe(left - 1)
      }
    }
    const chair = at('principal')
    await chair.reload()
    await chair.getByRole('textbox', { name: /纪要/ }).fill('逐件评议,必要且可行,一致同意。')
    await look(chair, 'care-close')
    await chair.getByRole('button', { name: '结束评议' }).click()
    await chair.getByText('纪要(已封存)').waitFor()
    await expect
      .poll(async () => (await row<{ state: string }>('select state from flow_cases where id = $1', [caseId])).state, {
        timeout: 20_000,
      })
      .toBe('confirming')
  })

  test('the principal confirms the list and what care is given, by whom', async () => {
    const page = at('principal')
    await go('principal', `/flows/${child.schoolId}/${caseId}`)
    await page.getByText('必要且可行').first().waitFor()
    await page.getByRole('button', { name: '列入名单' }).click()
    await page.getByText('心理援助').click()
    await page.getByLabel('确认的关爱内容').fill('心理老师每周谈心,导师每月家访')
    await page.getByText('心理健康教育部门').click()
    await page.getByLabel('负责人').fill('林老师')
    await page.getByLabel('理由').fill('同意评议意见。')
    await look(page, 'care-confirm')
    await page.getByRole('button', { name: '确定列入名单' }).click()
    await page.getByText('已确认,待备案').first().waitFor()
  })

  test('the officer files it upward, the county gives a receipt, and both find it in their list of filings', async () => {
    const page = at('officer')
    await go('officer', `/flows/${child.schoolId}/${caseId}`)
    await page.getByRole('button', { name: '报上级备案' }).click()
    await page.getByRole('button', { name: '确定报上级备案' }).click()
    await page.getByText('已报备案,待回执').first().waitFor()
    const county = at('county')
    await go('county', '/flows/filings?only=waiting')
    await county.getByText(child.name).first().waitFor()
    await look(county, 'care-filings-waiting')
    await county.getByText(child.name).first().click()
    await county.getByRole('button', { name: '备案回执' }).click()
    await county.getByLabel('回执编号').fill('清备2025-011')
    await county.getByRole('button', { name: '确定备案回执' }).click()
    await county.getByText('在册,定期评议').first().waitFor()
    await go('county', '/flows/filings')
    await county.getByText('清备2025-011').first().waitFor()
    await look(county, 'care-filings')
    await go('officer', `/students/${child.schoolId}/${child.id}`)
    await page.getByRole('tab', { name: '支持计划' }).click()
    await page.getByText('心理老师每周谈心,导师每月家访').waitFor()
    const plan = (await page.getByRole('tabpanel').textContent()) ?? ''
    for (const word of ['心理健康教育部门', '林老师', '清备2025-011']) expect(plan).toContain(word)
    await look(page, 'care-plan')
  })
})

describe('[G3] and no trace of it stands in any public place', () => {
  test('no answer to a colleague, a stranger or the guardian differs from before; none names the case', async () => {
    for (const [who, loginName] of Object.entries(outsiders)) {
      const after = await allAnswers(stage, loginName, fillingOf(caseId))
      expect([who, differing(before[who] as ReadonlyMap<string, string>, after)]).toEqual([who, []])
      for (const [name, answer] of after) expect([name, answer.includes(caseId)]).toEqual([name, false])
    }
    const told = await owner.query(
      `select 1 from message_outbox m join accounts a on a.person_id = m.to_person where a.login_name = any($1)`,
      [Object.values(outsiders)],
    )
    expect(told.rowCount).toBe(0)
  })

  test('the control: whoever is to know does get another answer', async () => {
    const ask = await askAs(stage, 'shaanxi')
    const filings = stage.program.served.find(({ endpoint }) => endpoint.name === 'care.list-filings')
    if (!filings) throw new Error('no list of filings')
    expect((await ask(filings.endpoint, {})).body).toContain(caseId)
  })

  test('search, list, filters, announcement, the case by its address and the list by its address show nothing', async () => {
    const page = await enter('colleague', outsiders.colleague ?? '')
    for (const path of [
      '/',
      `/students?search=${encodeURIComponent(child.name)}`,
      '/flows',
      '/flows/panels',
      '/flows/filings',
      `/announcement/${child.schoolId}`,
      `/flows/${child.schoolId}/${caseId}`,
      `/students/${child.schoolId}/${child.id}`,
    ]) {
      await page.goto(stage.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      const text = `${await page.title()} ${await page.locator('body').textContent()}`
      for (const word of ['重点关爱', '清备2025-011', '支持计划', '心理老师每周谈心', '成长支持'])
        expect([path, word, text.includes(word)]).toEqual([path, word, false])
      expect([path, ...wordsFoundIn(await page.title())]).toEqual([path])
    }
    // The list of filings was refused to the colleague, and that it was asked for is on file.
    const refused = await row<{ many: number }>(
      `select count(*)::int as many from audit_entries e join accounts a on a.person_id = e.actor_id
       where a.login_name = $1 and e.action = 'care.list-filings' and e.outcome = 'refused'`,
      [outsiders.colleague],
    )
    expect(refused.many).toBeGreaterThan(0)
    const family = await stage.visitor(phone)
    await stage.signIn(family, outsiders.guardian ?? '')
    for (const path of ['/my', '/messages', `/announcement/${child.schoolId}`, `/flows/${child.schoolId}/${caseId}`]) {
      await family.goto(stage.address + path)
      await family.getByRole('heading', { level: 1 }).waitFor()
      await family.waitForLoadState('networkidle')
      const text = (await family.locator('body').textContent()) ?? ''
      for (const word of ['关爱', '支持计划', '谈心', '成长支持'])
        expect([path, word, text.includes(word)]).toEqual([path, word, false])
    }
  })
})

describe('[X2 G26] a round of questions', () => {
  test('is opened by the school, answered by the class teacher on a phone, and stands in the files', async () => {
    const page = at('officer')
    await go('officer', '/flows/screenings')
    await look(page, 'screenings-empty')
    await page.getByRole('button', { name: '发起一轮' }).click()
    await page.getByLabel('标题').fill('秋季在家情况')
    await choose(page, '问什么', '随迁子女')
    await choose(page, '问什么', '留守情况')
    await page.keyboard.press('Escape')
    await page.getByLabel('到哪天').fill('2025-11-30')
    await look(page, 'screening-open')
    await page.getByRole('button', { name: '发起', exact: true }).click()
    await page.getByRole('heading', { name: '秋季在家情况' }).waitFor()
    await look(page, 'screenings')
    const teacher = await enter('phone', await loginOf('teacher'), phone)
    await teacher.goto(`${stage.address}/flows/screenings`)
    await teacher.getByRole('button', { name: /^填写/ }).click()
    const sheet = teacher.getByRole('group', { name: `${child.name} 随迁子女` })
    await sheet.waitFor()
    await look(teacher, 'screening-answer')
    await sheet.getByText('是', { exact: true }).click()
    await teacher
      .getByRole('group', { name: `${child.name} 留守情况` })
      .getByText('双亲留守')
      .click()
    await teacher.getByRole('button', { name: '记入 1 名学生的档案' }).click()
    await teacher.getByText('已记入 1 名学生的档案').waitFor()
    await go('officer', '/flows/screenings')
    await page.getByText(/还有/).first().waitFor()
    await go('officer', `/students/${child.schoolId}/${child.id}`)
    await page.getByRole('tab', { name: '情况' }).click()
    await page.getByText('双亲留守').first().waitFor()
  })
})

const loginOf = async (who: string): Promise<string> =>
  (
    await row<{ login_name: string }>(
      'select a.login_name from accounts a join people p on p.id = a.person_id where p.name = $1',
      [names[who]],
    )
  ).login_name
