import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '#server/platform'
import { signInOf } from './asking.ts'
import { wordsFoundIn } from './label-words.ts'
import { look } from './look.ts'
import { desktop, journeyDay, openStage, phone, type Stage } from './stage.ts'

let stage: Stage
let teacher: Page
let officer: Page
/** The school of the demonstration's sign-ins, another one with an aid officer and a class, and three children of the teacher. */
let school = ''
let other = { name: '', className: '' }
let children: string[] = []

const findCast = () =>
  stage.program.services.door.asJob('importer', async (db) => {
    const own = await db.first<{ name: string; id: string }>(sql`select s.name, s.id from accounts o
      join appointments a on a.person_id = o.person_id and a.post = 'school-aid-officer'
      join units s on s.id = a.unit_id where o.login_name = 'zizhu'`)
    const receiving = await db.first<{ name: string; className: string }>(sql`select s.name, k.name as "className"
      from units s join units k on k.school_id = s.id and k.kind = 'class'
        join appointments a on a.unit_id = s.id and a.post = 'school-aid-officer' and a.until_date is null
      where s.id = s.school_id and s.id <> ${own?.id ?? null}
        and s.kind = (select kind from units where id = ${own?.id ?? null})
        and not exists (select from units t where t.school_id = s.id and t.name = k.name and t.id <> k.id)
      order by s.name, k.name limit 1`)
    const names = await db.rows<{ name: string }>(sql`select t.name from accounts o
      join appointments a on a.person_id = o.person_id and a.post = 'class-teacher'
      join students t on t.class_id = a.unit_id and t.status = 1
      where o.login_name = 'banzhuren' and (select count(*) from students n where n.name = t.name) = 1
      order by t.id limit 3`)
    return { own: own?.name ?? '', receiving: receiving ?? other, names: names.map(({ name }) => name) }
  })

beforeAll(async () => {
  stage = await openStage({ demo: true })
  const cast = await findCast()
  school = cast.own
  other = cast.receiving
  children = cast.names
  teacher = await stage.visitor()
  officer = await stage.visitor()
  await stage.signIn(teacher, 'banzhuren')
  await stage.signIn(officer, 'zizhu')
})
afterAll(() => stage?.close())

const openFile = async (page: Page, name: string): Promise<void> => {
  await page.setViewportSize(desktop)
  await page.goto(`${stage.address}/students`)
  await page.getByRole('textbox', { name: /姓名/ }).or(page.getByRole('searchbox')).first().fill(name)
  // The list is drawn anew while it is being narrowed: a tap may meet a row that has just gone.
  await expect
    .poll(
      async () => {
        const row = page.getByRole('table', { name: '学生列表' }).getByText(name, { exact: true }).first()
        if (await row.isVisible()) await row.click({ timeout: 15_000 }).catch(() => undefined)
        return page.getByRole('heading', { level: 1, name }).isVisible()
      },
      { interval: 1_500 },
    )
    .toBe(true)
}

const begin = async (page: Page, name: string, flow: string): Promise<void> => {
  await openFile(page, name)
  await page.getByRole('button', { name: '发起事项' }).click()
  await page.getByRole('link', { name: flow }).click()
}

const askForLeave = async (page: Page): Promise<void> => {
  await page.getByText('休学', { exact: true }).click()
  await page.getByLabel('从哪天起').fill(journeyDay)
  await page.getByLabel('原因').fill('骨折住院,医生建议休养一学期。')
  await page.getByRole('button', { name: '提交', exact: true }).click()
}

const todo = (page: Page) => page.getByRole('tabpanel').or(page.locator('main'))
const caseOf = (page: Page): string => new URL(page.url()).pathname

describe('办理', () => {
  test('who has nothing to do is told so, and what may be begun stands there', async () => {
    const mentor = await stage.visitor()
    await stage.signIn(mentor, 'daoshi')
    await mentor.getByRole('menuitem', { name: '办理' }).click()
    await mentor.getByText('没有等您办理的事项').waitFor()
    await look(mentor, 'flows-empty')
    await teacher.getByRole('menuitem', { name: '办理' }).click()
    await teacher.getByRole('button', { name: '发起', exact: true }).click()
    await teacher.getByRole('heading', { level: 1, name: '发起事项' }).waitFor()
    await look(teacher, 'flows-new')
  })

  test('[T2] a class teacher asks for a leave from the file and sees where it stands; nothing typed is lost on a refusal', async () => {
    const [name = ''] = children
    await openFile(teacher, name)
    await look(teacher, 'student')
    await begin(teacher, name, '学籍变动')
    await teacher.getByRole('heading', { level: 1, name: /学籍变动/ }).waitFor()
    await teacher.getByLabel('原因').fill('骨折住院。')
    await teacher.getByRole('button', { name: '提交', exact: true }).click()
    await teacher.getByText('您写的内容还在').waitFor()
    await look(teacher, 'request-error')
    await expect.poll(() => teacher.getByLabel('原因').inputValue()).toBe('骨折住院。')
    await askForLeave(teacher)
    await teacher.getByText('待学校审核').waitFor()
    await expect.poll(() => teacher.locator('main').textContent()).toMatch(/等 学校资助专干 .+ 办理/)
    await look(teacher, 'case-asked')
    await teacher.goto(`${stage.address}/flows?box=done`)
    await teacher.getByText(name).first().waitFor()
  })

  test('the school’s officer finds it on a phone and decides it; it stands among what was done, with its course', async () => {
    const [name = ''] = children
    await officer.setViewportSize(phone)
    await officer.goto(`${stage.address}/flows`)
    await todo(officer).getByText(name).first().waitFor()
    await look(officer, 'flows-todo')
    await officer.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: '学籍变动' }).click()
    await officer.getByRole('button', { name: '同意', exact: true }).waitFor()
    await look(officer, 'case-to-decide')
    await officer.getByRole('button', { name: '同意', exact: true }).click()
    await officer.getByText('学生的学籍状态随之改变').waitFor()
    await officer.getByRole('button', { name: '确定同意' }).click()
    await officer.getByText('已办理', { exact: true }).first().waitFor()
    await expect.poll(() => officer.locator('main').textContent()).toMatch(/提交 .+同意 /s)
    await look(officer, 'case-decided')
    await officer.setViewportSize(desktop)
    await officer.goto(`${stage.address}/flows?box=done`)
    await officer.getByText(name).first().waitFor()
    await look(officer, 'flows-done')
    await expect.poll(() => officer.getByRole('row').filter({ hasText: name }).textContent()).toContain('同意')
  })
})

describe('[T7] 委托代办', () => {
  test('a colleague holds the lent post, finds the case, and the step says for whom', async () => {
    const [, name = ''] = children
    await begin(teacher, name, '学籍变动')
    await askForLeave(teacher)
    await teacher.getByText('待学校审核').waitFor()
    const path = caseOf(teacher)
    const loginName = await signInOf(stage, { post: 'teacher', unitName: school, unpaired: true })
    const colleague = await stage.visitor()
    await stage.signIn(colleague, loginName)
    const who = await stage.program.services.door.asJob('importer', (db) =>
      db.first<{ name: string }>(
        sql`select p.name from people p join accounts o on o.person_id = p.id where o.login_name = ${loginName}`,
      ),
    )
    await officer.goto(`${stage.address}/flows`)
    await officer.getByRole('button', { name: '委托代办' }).click()
    await officer.getByText('没有委托').waitFor()
    await look(officer, 'delegations-empty')
    await officer.getByLabel('由谁代办').fill(who?.name ?? '')
    await officer
      .getByTitle(who?.name ?? '', { exact: true })
      .last()
      .click()
    await officer.getByLabel('到哪天').fill('2025-11-28')
    await officer.getByRole('button', { name: '委托', exact: true }).click()
    await officer.getByText(`${who?.name} 代我办理`).waitFor()
    await look(officer, 'delegations')
    await colleague.goto(`${stage.address}/flows`)
    await colleague.getByText(name).first().click()
    await colleague.getByRole('button', { name: '同意', exact: true }).click()
    await colleague.getByRole('button', { name: '确定同意' }).click()
    await colleague.getByText('已办理', { exact: true }).first().waitFor()
    await teacher.goto(stage.address + path)
    await teacher.getByText(/代 /).first().waitFor()
    await expect.poll(() => teacher.locator('main').textContent()).toMatch(new RegExp(`同意 ${who?.name}[((]代`))
    await look(teacher, 'case-for-another')
    await officer.getByRole('button', { name: '收回' }).click()
    await officer.getByText('没有委托').waitFor()
    await colleague.goto(stage.address + path)
    await colleague
      .getByText(/没有找到|不存在|看不到/)
      .first()
      .waitFor()
    await look(colleague, 'case-nowhere')
  })
})

describe('[T2] 转学', () => {
  test('the file goes to another school, whose receipt the first one reads', async () => {
    const [, , name = ''] = children
    await begin(officer, name, '转学')
    await officer.getByLabel('接收学校').fill(other.name)
    await officer.getByLabel('离校日期').fill(journeyDay)
    await officer
      .getByRole('group', { name: /监护人同意/ })
      .getByText('否', { exact: true })
      .click()
    await look(officer, 'transfer-form')
    await officer.getByRole('button', { name: '移交档案' }).click()
    await officer.getByText('待接收学校确认').waitFor()
    const path = caseOf(officer)
    const receiver = await stage.visitor(phone)
    await stage.signIn(receiver, await signInOf(stage, { post: 'school-aid-officer', unitName: other.name }))
    await receiver.goto(`${stage.address}/flows`)
    await receiver.getByText('转学').first().click()
    await receiver.getByText(name).first().waitFor()
    await receiver.getByRole('button', { name: '接收', exact: true }).click()
    await receiver.getByLabel('编入班级').fill(other.className)
    await receiver.getByLabel('到校日期').fill(journeyDay)
    await look(receiver, 'transfer-receive')
    await receiver.getByRole('button', { name: '确定接收' }).click()
    await receiver.getByText('已接收').first().waitFor()
    await officer.goto(stage.address + path)
    await officer.getByRole('heading', { name: '回执' }).waitFor()
    await expect.poll(() => officer.locator('main').textContent()).toContain(other.className)
    await look(officer, 'transfer-receipt')
  })
})

describe('[C6 C13] a family', () => {
  test('asks on a phone, reads in plain words where it stands, and another family finds nothing there', async () => {
    const mother = await stage.visitor(phone)
    await stage.signIn(mother, 'jiazhang')
    await mother.getByRole('link', { name: '我要申请' }).click()
    await mother.getByRole('heading', { level: 1, name: '我要申请' }).waitFor()
    await look(mother, 'family-new')
    expect(wordsFoundIn((await mother.locator('main').textContent()) ?? '')).toEqual([])
    await mother.getByRole('link', { name: /学籍变动/ }).click()
    await askForLeave(mother)
    await mother.getByText('学校正在审核').waitFor()
    await look(mother, 'family-case')
    const words = (await mother.locator('main').textContent()) ?? ''
    expect(wordsFoundIn(words)).toEqual([])
    for (const staff of ['专干', '待办', '由您办理', '办理人', '打开档案']) expect(words).not.toContain(staff)
    const path = caseOf(mother)
    await mother.goto(`${stage.address}/my`)
    await mother.getByRole('heading', { name: '办到哪一步了' }).waitFor()
    await look(mother, 'family-my')
    for (const place of ['/flows/delegations', '/flows/proposals', '/flows/panels']) {
      await mother.goto(stage.address + place)
      await mother.getByRole('heading', { level: 1, name: '我的' }).waitFor()
    }
    const neighbour = await stage.visitor(phone)
    await stage.signIn(neighbour, 'jiazhang2')
    await neighbour.goto(stage.address + path)
    await neighbour
      .getByText(/没有找到|不存在|看不到/)
      .first()
      .waitFor()
    expect(await neighbour.locator('main').textContent()).not.toContain('学籍变动')
    await look(neighbour, 'family-nowhere')
  })
})
