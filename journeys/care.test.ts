import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allAnswers, differing, steadyAnswers } from './all-answers.ts'
import { askAs, signInOf } from './asking.ts'
import { type CareCast, type CareChild, careSchool, openCare, sitOver } from './care-cast.ts'
import { addGuardianAccount } from './guardian-account.ts'
import { wordsFoundIn } from './label-words.ts'
import { look } from './look.ts'
import { settled } from './settled.ts'
import { phone, type Stage } from './stage.ts'

const otherSchool = '清河县第一初级中学'

let cast: CareCast
let stage: Stage
let child: CareChild
let caseId = ''
const at = (who: string) => cast.at(who)
const go = (who: string, path: string) => cast.go(who, path)

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
  cast = await openCare()
  ;({ stage, child } = cast)
  const other = await cast.row<{ name: string }>(
    `select p.name from appointments a join people p on p.id = a.person_id join units k on k.id = a.unit_id
     where k.school_id = $1 and k.id <> $2 and a.post = 'class-teacher' order by k.name limit 1`,
    [child.schoolId, child.classId],
  )
  outsiders = {
    colleague: await signInOf(stage, { post: 'class-teacher', unitName: careSchool, name: other.name }),
    stranger: await signInOf(stage, { post: 'principal', unitName: otherSchool }),
    guardian: await addGuardianAccount(stage, cast.owner, child),
  }
  for (const [who, loginName] of Object.entries(outsiders))
    before[who] = await steadyAnswers(stage, loginName, fillingOf())
})
afterAll(() => cast?.close())

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
    await sitOver(cast, '必要且可行', '逐件评议,必要且可行,一致同意。', (page, name) => look(page, `care-${name}`))
    await expect
      .poll(
        async () => (await cast.row<{ state: string }>('select state from flow_cases where id = $1', [caseId])).state,
      )
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

describe('[G7] when the time comes it is looked at again', () => {
  test('the officer calls for a review, the panel finds that the care is to be another, the principal writes it down', async () => {
    const page = at('officer')
    await go('officer', `/flows/${child.schoolId}/${caseId}`)
    await page.getByRole('button', { name: '提请评议' }).click()
    await page.getByLabel(/^理由/).fill('一学期过去,情绪好多了,作业还跟不上。')
    await look(page, 'care-call-review')
    await page.getByRole('button', { name: '确定提请评议' }).click()
    await page.getByText('待定期评议').first().waitFor()
    await sitOver(cast, '继续,调整关爱内容', '情绪已经平稳,改为以学业辅导为主。', (shown, name) =>
      name === 'vote' ? look(shown, 'care-review-vote') : Promise.resolve(),
    )
    const principal = at('principal')
    await go('principal', `/flows/${child.schoolId}/${caseId}`)
    await principal.getByText('在册,定期评议').first().waitFor()
    await principal.getByRole('button', { name: '调整关爱内容', exact: true }).click()
    await principal.getByLabel('调整后的关爱内容').fill('数学每周辅导两次,谈心改为两周一次')
    await principal.getByLabel(/^理由/).fill('按评议意见。')
    await look(principal, 'care-adjust')
    await principal.getByRole('button', { name: '确定调整关爱内容' }).click()
    await principal.getByText('已办理:调整关爱内容').waitFor()
    await go('officer', `/students/${child.schoolId}/${child.id}`)
    await page.getByRole('tab', { name: '支持计划' }).click()
    await page.getByText('数学每周辅导两次,谈心改为两周一次').waitFor()
    await look(page, 'care-plan-adjusted')
  })
})

describe('[G3] and no trace of it stands in any public place', () => {
  test('no answer to a colleague, a stranger or the guardian differs from before; none names the case', async () => {
    for (const [who, loginName] of Object.entries(outsiders)) {
      const after = await allAnswers(stage, loginName, fillingOf(caseId))
      expect([who, differing(before[who] as ReadonlyMap<string, string>, after)]).toEqual([who, []])
      for (const [name, answer] of after) expect([name, answer.includes(caseId)]).toEqual([name, false])
    }
    const told = await cast.owner.query(
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
    const page = await cast.enter('colleague', outsiders.colleague ?? '')
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
      await settled(page)
      const text = `${await page.title()} ${await page.locator('body').textContent()}`
      for (const word of ['重点关爱', '清备2025-011', '支持计划', '心理老师每周谈心', '成长支持'])
        expect([path, word, text.includes(word)]).toEqual([path, word, false])
      expect([path, ...wordsFoundIn(await page.title())]).toEqual([path])
    }
    // The list of filings was refused to the colleague, and that it was asked for is on file.
    const refused = await cast.row<{ many: number }>(
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
      await settled(family)
      const text = (await family.locator('body').textContent()) ?? ''
      for (const word of ['关爱', '支持计划', '谈心', '成长支持'])
        expect([path, word, text.includes(word)]).toEqual([path, word, false])
    }
  })
})
