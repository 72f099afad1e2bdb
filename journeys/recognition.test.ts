import pg from 'pg'
import type { Page } from 'playwright-core'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepClocks } from '#server/flows'
import { signInOf } from './asking.ts'
import { look } from './look.ts'
import { openStage, phone, type Stage } from './stage.ts'

let stage: Stage
let owner: pg.Client
let mother: Page
let schoolId = ''
let schoolName = ''
let className = ''
let childName = ''

const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
  (await owner.query(text, values)).rows[0] as Row

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  const child = await row<
    Record<string, string>
  >(`select s.school_id as school, u.name as "schoolName", s.name, k.name as "className"
    from accounts a join family_links l on l.person_id = a.person_id join students s on s.id = l.student_id
      join units u on u.id = s.school_id join units k on k.id = s.class_id
    where a.login_name = 'jiazhang' limit 1`)
  ;({ school: schoolId = '', schoolName = '', name: childName = '', className = '' } = child)
  // Time passed since the school gave notice, and nobody of the family is recognised yet.
  await owner.query(
    `insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on, closes_on, notice, opened_by, opened_by_name)
     select $1, id, path, 2025, 1, '2025-11-01', '2025-11-10', '2025-11-28', '需要帮助的家庭可以提出申请,由监护人填写并签名。有不明白的请问班主任。', $1, '县专干'
     from units where kind = 'county' and $2 like path || '%' limit 1`,
    [uuidv7(), (await row<{ path: string }>('select path from units where id = $1', [schoolId])).path],
  )
  await owner.query(
    `update recognitions set ended_on = '2025-11-01', ended_reason = 'ended' where ended_on is null
       and student_id in (select l.student_id from family_links l join accounts a on a.person_id = l.person_id where a.login_name = 'jiazhang')`,
  )
  mother = await stage.visitor(phone)
  await stage.signIn(mother, 'jiazhang')
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const atDesk = async (account: string): Promise<Page> => {
  const page = await stage.visitor()
  await stage.signIn(page, account)
  return page
}

/** Teachers of the school who mentor nobody: nothing makes them stand aside. */
const colleagues = async (): Promise<string[]> => {
  const { rows } = await owner.query(
    `select distinct p.name from appointments a join units u on u.id = a.unit_id join people p on p.id = a.person_id
     where u.name = $1 and a.post = 'teacher' and a.until_date is null
       and not exists (select from appointments o where o.person_id = a.person_id and o.post <> 'teacher')
       and not exists (select from pairings m where m.mentor_id = a.person_id) order by 1 limit 2`,
    [schoolName],
  )
  return rows.map(({ name }) => name as string)
}

/** Opens the case that waits for this person, from their list. */
const openWaiting = async (page: Page, title: RegExp): Promise<void> => {
  await page.goto(`${stage.address}/flows`)
  // The demonstration has its own waiting there: an objection names nobody, and the newest stands last.
  const rows = page.getByRole('table', { name: '待办事项' }).getByRole('row').filter({ hasText: title })
  const own = rows.filter({ hasText: childName })
  await rows.first().waitFor()
  await ((await own.count()) > 0 ? own.first() : rows.last()).getByText(title).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const decide = async (page: Page, move: string, reason?: string): Promise<void> => {
  await page.getByRole('button', { name: move, exact: true }).click()
  if (reason) await page.getByLabel(/^理由/).fill(reason)
  await page.getByRole('button', { name: `确定${move}` }).click()
  await page.getByText(`已办理:${move}`).waitFor()
}

const vote = async (page: Page, legend: RegExp, choice: string): Promise<void> => {
  const ballot = page.getByRole('group', { name: legend })
  await ballot.getByText(choice, { exact: true }).click()
  await ballot.getByRole('button', { name: '投票' }).click()
  await page.getByText('已表决', { exact: true }).first().waitFor()
}

describe('[C8 C19] a family applies', () => {
  test('on a phone, page by page, kept as it goes, signed with the finger', async () => {
    await mother.getByRole('link', { name: /申请/ }).first().click()
    await mother.getByRole('link', { name: '学年申请' }).click()
    await mother.getByText('需要帮助的家庭可以提出申请').waitFor()
    await look(mother, 'recognition-begin', [phone])
    await mother.getByRole('button', { name: '开始填写' }).click()
    await mother.getByRole('textbox', { name: '学生姓名' }).waitFor()
    await expect.poll(() => mother.getByRole('textbox', { name: '学生姓名' }).inputValue()).toBe(childName)
    await mother.getByLabel(/家庭人口/).fill('4')
    await mother.getByRole('textbox', { name: '家长手机' }).fill('13800000001')
    await mother.getByRole('textbox', { name: '家庭住址' }).fill('柳堡镇二组')
    await mother.getByText(/^已保存 \d\d:\d\d$/).waitFor()
    await look(mother, 'recognition-page1', [phone])
    await mother.reload()
    await expect.poll(() => mother.getByRole('textbox', { name: '家庭住址' }).inputValue()).toBe('柳堡镇二组')
    const next = () => mother.getByRole('button', { name: '下一页' }).click()
    await next()
    await mother.getByRole('textbox', { name: '姓名' }).first().fill('孩子父亲')
    await next()
    await next()
    await mother.getByLabel(/家庭人均年收入/).fill('3000')
    await look(mother, 'recognition-income', [phone])
    await next()
    await mother.getByText('是', { exact: true }).first().click()
    const board = await mother.getByRole('img', { name: /签名/ }).boundingBox()
    if (!board) throw new Error('nothing to sign on')
    await mother.mouse.move(board.x + 30, board.y + 60)
    await mother.mouse.down()
    await mother.mouse.move(board.x + 150, board.y + 100, { steps: 5 })
    await mother.mouse.move(board.x + 250, board.y + 50, { steps: 5 })
    await mother.mouse.up()
    await mother.getByRole('button', { name: '用这个签名' }).click()
    await mother.getByText('已签名').waitFor()
    await look(mother, 'recognition-sign', [phone])
    await mother.getByRole('button', { name: '提交申请' }).click()
    await mother.getByText('学校正在看您的申请').first().waitFor()
    await look(mother, 'recognition-sent', [phone])
  })
})

// Five people in one test, each with a browser of their own.
describe('[C8 C19] from the panel to the filing', () => {
  let teacher: Page
  let officer: Page
  let principal: Page
  let county: Page
  let caseAddress = ''

  test('a class teacher makes up a panel of colleagues and parents; each votes by name, nobody sees who voted for what', async () => {
    teacher = await atDesk('banzhuren')
    const [one = '', two = ''] = await colleagues()
    const { name: teacherName = '' } = await row<Record<string, string>>(
      `select p.name from people p join accounts a on a.person_id = p.id where a.login_name = 'banzhuren'`,
    )
    const { name: parentName = '' } = await row<Record<string, string>>(
      `select f.name from family_members f join accounts a on a.person_id = f.id where a.login_name = 'jiazhang2'`,
    )
    await teacher.goto(`${stage.address}/flows/panels`)
    await teacher.getByRole('button', { name: `为 ${className} 组成评议组` }).waitFor()
    await look(teacher, 'panels-waiting')
    await teacher.getByRole('button', { name: `为 ${className} 组成评议组` }).click()
    const drawer = teacher.getByRole('dialog')
    for (const [seat, name] of [teacherName, one, two].entries()) {
      const picker = drawer.getByRole('combobox', { name: `第 ${seat + 1} 位成员` })
      await picker.click()
      await picker.fill(name)
      await teacher
        .getByRole('option', { name: new RegExp(name) })
        .or(teacher.locator('.ant-select-item-option-content').filter({ hasText: name }))
        .last()
        .click()
    }
    const parent = drawer.getByRole('combobox', { name: '第 4 位成员' })
    await parent.fill(parentName)
    await teacher
      .locator('.ant-select-item-option-content')
      .filter({ hasText: `${parentName} ·` })
      .last()
      .click()
    await drawer.getByText('用自己的账号表决').waitFor()
    await drawer.getByRole('combobox', { name: '第 5 位成员' }).fill('王家长')
    await drawer.getByText('没有账号,用纸票').waitFor()
    await look(teacher, 'panel-convene')
    await drawer.getByRole('button', { name: '组成评议组' }).click()
    await teacher.getByRole('heading', { level: 1, name: `${className} · 评议` }).waitFor()
    await teacher.getByText('人数不够').waitFor()
    await teacher.getByRole('button', { name: '都到了' }).click()
    await teacher.getByText('实到 5 人').waitFor()
    await look(teacher, 'panel-open')
    const panel = new URL(teacher.url()).pathname

    await vote(teacher, /我的意见/, '困难')
    await vote(teacher, /录入 王家长 的纸票/, '困难')
    for (const name of [one, two]) {
      const colleague = await atDesk(await signInOf(stage, { post: 'teacher', unitName: schoolName, name }))
      await colleague.goto(stage.address + panel)
      await colleague.getByRole('link', { name: '看材料' }).waitFor()
      await vote(colleague, /我的意见/, name === one ? '困难' : '特别困难')
      await colleague.context().close()
    }
    // A parent judges by a neutral sheet: name and class, no papers, nothing worked out.
    const neighbour = await stage.visitor(phone)
    await stage.signIn(neighbour, 'jiazhang2')
    await neighbour.goto(stage.address + panel)
    await neighbour.getByText(childName).waitFor()
    await expect.poll(() => neighbour.getByRole('link', { name: '看材料' }).count()).toBe(0)
    expect(await neighbour.locator('main').textContent()).not.toContain('参考分')
    await look(neighbour, 'panel-parent', [phone])
    await vote(neighbour, /我的意见/, '弃权')
    await neighbour.context().close()

    await teacher.reload()
    await teacher.getByText('困难 3 票').waitFor()
    await teacher.getByLabel('纪要').fill('按材料逐件评议,多数同意定为困难。')
    await look(teacher, 'panel-voted')
    await teacher.getByRole('button', { name: '结束评议' }).click()
    await teacher.getByText('纪要(已封存)').waitFor()
    await look(teacher, 'panel-closed')
  })

  test('the school reviews and decides; what is announced is name, class and rank, and an objection without a name is answered by somebody who had no part', async () => {
    officer = await atDesk('zizhu')
    principal = await atDesk('xiaozhang')
    county = await atDesk('xian')
    await openWaiting(officer, /学年申请/)
    caseAddress = officer.url()
    await officer.getByText('评议等级').waitFor()
    await look(officer, 'round-case')
    await decide(officer, '复核同意')
    await principal.goto(caseAddress)
    await decide(principal, '同意拟定等级')
    await principal.getByText('公示', { exact: true }).first().waitFor()

    const neighbour = await stage.visitor(phone)
    await stage.signIn(neighbour, 'jiazhang2')
    await neighbour.goto(`${stage.address}/announcement/${schoolId}`)
    await neighbour.getByText(childName).waitFor()
    const announced = (await neighbour.locator('main').textContent()) ?? ''
    expect(announced).toContain('第二档')
    for (const kept of ['柳堡镇二组', '13800000001', '3000', '困难', '资助']) expect(announced).not.toContain(kept)
    await look(neighbour, 'announcement', [phone])
    await neighbour.getByRole('button', { name: `有异议:${childName}` }).click()
    await neighbour.getByLabel(/您知道的情况/).fill('他家去年新买了房子,请学校核实。')
    await neighbour.getByText(/不留姓名/).click()
    await look(neighbour, 'objection', [phone])
    await neighbour.getByRole('button', { name: '提交', exact: true }).click()
    await neighbour.getByText('学校已收到').waitFor()
    await neighbour.context().close()

    // The days of the notice pass.
    for (const table of ['flow_cases', 'flow_tasks'])
      await owner.query(
        `update ${table} set due_at = '2025-11-19 10:00+08' where flow = 'recognition-round' and state = 'announcement'`,
      )
    await keepClocks(stage.program.engine)
    await officer.goto(caseAddress)
    await officer.getByText('有异议,核实中').first().waitFor()
    await look(officer, 'round-objected')

    await openWaiting(county, /公示意见/)
    await county.getByText(childName).first().waitFor()
    await look(county, 'objection-to-answer')
    await county.getByRole('button', { name: '答复', exact: true }).click()
    await county
      .getByRole('group', { name: /异议是否成立/ })
      .getByText('否', { exact: true })
      .click()
    await county.getByLabel(/^理由/).fill('房产属于同名的人,认定依据没有变化。')
    await county.getByRole('button', { name: '确定答复' }).click()
    await county.getByText('已办理:答复').waitFor()
    await officer.reload()
    await decide(officer, '异议已答复,认定不变', '异议已经核实答复。')
    await officer.getByText('已认定', { exact: true }).first().waitFor()
  })

  test('it is filed upward with a receipt, and the family reads that it is done; the sheet is printed with the judging', async () => {
    await decide(officer, '报上级备案')
    await county.goto(caseAddress)
    await decide(county, '收到备案,给回执')
    await county.getByText('备案回执').waitFor()
    await look(county, 'round-filed')
    await mother.goto(`${stage.address}/my`)
    await mother.getByText('已经办好,本学年有效').first().waitFor()
    await look(mother, 'recognition-done', [phone])
    await officer.goto(caseAddress)
    await officer.getByRole('link', { name: '打印申请表' }).click()
    const sheet = officer.getByRole('article', { name: '申请表' })
    await sheet.getByText('应到 5 人,实到 5 人').waitFor()
    await sheet.getByRole('img', { name: '签名' }).waitFor()
    await expect.poll(() => sheet.textContent()).toContain('认定为:困难')
    expect(await officer.title()).not.toMatch(/困难|资助/)
    await look(officer, 'sheet')
    await mother.goto(`${stage.address}/my`)
    await mother.getByRole('link', { name: '学年申请' }).first().click()
    await mother.getByRole('link', { name: '打印申请表' }).click()
    const own = mother.getByRole('article', { name: '申请表' })
    await own.getByText('孩子父亲').waitFor()
    expect(await own.textContent()).not.toMatch(/困难学生|应到/)
    await look(mother, 'sheet-own', [phone])
  })
})
