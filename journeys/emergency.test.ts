import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInOf } from './asking.ts'
import { choose } from './choose.ts'
import { look } from './look.ts'
import { desktop, openStage, phone, type Stage } from './stage.ts'

/** New Year's Day: nobody works, and the hours run on. */
const holiday = '2026-01-01'
const school = '临湖县第一小学'

let stage: Stage
let owner: pg.Client
let child: { id: string; name: string; schoolId: string }
let casePath = ''
const pages: Record<string, Page> = {}
const names: Record<string, string> = {}

const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
  (await owner.query(text, values)).rows[0] as Row

const enter = async (who: string, loginName: string, size = desktop): Promise<void> => {
  const page = await stage.visitor(size)
  await stage.signIn(page, loginName)
  pages[who] = page
  const { name } = await row<{ name: string }>(
    'select p.name from accounts a join people p on p.id = a.person_id where a.login_name = $1',
    [loginName],
  )
  names[who] = name
}
const at = (who: string): Page => pages[who] as Page
beforeAll(async () => {
  stage = await openStage({ demo: true, opensOn: holiday })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  const own = await row<{ schoolId: string; name: string; teacher: string }>(
    `select k.school_id as "schoolId", u.name, o.login_name as teacher from accounts o
       join appointments a on a.person_id = o.person_id and a.post = 'class-teacher' join units k on k.id = a.unit_id
       join units u on u.id = k.school_id where o.login_name = 'banzhuren'`,
  )
  expect(own.name).toBe(school)
  child = await row(
    `select s.id, s.name, s.school_id as "schoolId" from accounts o
       join appointments a on a.person_id = o.person_id and a.post = 'class-teacher'
       join students s on s.class_id = a.unit_id and s.status = 1
     where o.login_name = 'banzhuren' and (select count(*) from students t where t.name = s.name) = 1
       and exists (select from student_contacts k where k.student_id = s.id and k.is_guardian) order by s.id limit 1`,
  )
  await enter('teacher', 'banzhuren', phone)
  await enter('officer', 'zizhu')
  await enter('principal', 'xiaozhang')
  const others = await owner.query<{ name: string }>(
    `select p.name from appointments a join people p on p.id = a.person_id join units u on u.id = a.unit_id
     where u.name = $1 and a.post = 'teacher' and a.until_date is null
       and (select count(*) from people o where o.name = p.name) = 1
       and not exists (select from appointments o where o.person_id = p.id and o.post <> 'teacher')
     order by a.id limit 2`,
    [school],
  )
  const [onDuty, deputy] = others.rows
  for (const [who, name] of [
    ['on-duty', onDuty?.name],
    ['deputy', deputy?.name],
  ] as const)
    await enter(who, await signInOf(stage, { post: 'teacher', unitName: school, name: name ?? '' }))
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

const enterRoster = async (who: string, part: string): Promise<void> => {
  const page = at('officer')
  await page.getByRole('button', { name: '排一段' }).click()
  const form = page.getByRole('dialog')
  await choose(page, '谁', names[who] ?? who)
  await form.getByText(part, { exact: true }).click()
  await form.getByLabel('从', { exact: true }).fill('2026-01-01T08:00')
  await form.getByLabel('到', { exact: true }).fill('2026-01-04T08:00')
  if (part === '代理审批') await look(page, 'roster-form')
  await form.getByRole('button', { name: '排上' }).click()
  await page
    .getByRole('row')
    .filter({ hasText: names[who] ?? who })
    .filter({ hasText: part })
    .waitFor()
}

describe('[X9 C11] a flood on a holiday', () => {
  test('a fund is set up and the days of the holiday are on a roster: on duty, absent, deputy', async () => {
    const principal = at('principal')
    await principal.goto(`${stage.address}/flows/watch?part=funds`)
    await principal.getByText('还没有设立资金').waitFor()
    await look(principal, 'funds-empty')
    await principal.getByRole('button', { name: '设立或存入' }).click()
    await principal.getByLabel('金额(元)').fill('10000')
    await look(principal, 'fund-form')
    await principal.getByRole('button', { name: '记入' }).click()
    await principal.getByText('10,000.00 元').first().waitFor()
    await look(principal, 'funds')
    const page = at('officer')
    await page.goto(`${stage.address}/flows/watch`)
    await page.getByText('还没有排班').waitFor()
    await look(page, 'roster-empty')
    await enterRoster('on-duty', '值班')
    const approvers = await owner.query<{ name: string }>(
      `select distinct p.name from appointments a join people p on p.id = a.person_id join units u on u.id = a.unit_id
       where u.name = $1 and a.post in ('principal', 'leader-in-charge') and a.until_date is null`,
      [school],
    )
    for (const { name } of approvers.rows) await enterRoster(name, '不在岗')
    await enterRoster('deputy', '代理审批')
    await look(page, 'roster')
  })

  test('the class teacher tells of it from the file, on a phone', async () => {
    const page = at('teacher')
    await page.goto(`${stage.address}/students/${child.schoolId}/${child.id}`)
    await page.getByRole('button', { name: '发起事项' }).click()
    await page.getByRole('link', { name: '突发情况应急帮扶' }).click()
    await page.getByText('自然灾害').click()
    await page.getByLabel('哪天发生').fill('2025-12-31')
    await page.getByLabel('情况', { exact: true }).fill('夜里大水进屋,一楼全部浸水,人都平安。')
    await page.getByLabel(/眼下最需要什么/).fill('被褥、衣服和住处')
    await page.getByText('可以', { exact: true }).click()
    await page.getByText('不告知哪位监护人').waitFor()
    await look(page, 'flood-report')
    await page.getByRole('button', { name: '上报' }).click()
    await page.getByText('待核实').or(page.getByText('学校正在核实')).first().waitFor()
    casePath = new URL(page.url()).pathname
    await look(page, 'flood-reported')
  })

  test('whoever is on duty finds it at once, with its hour, and verifies it', async () => {
    const page = at('on-duty')
    await page.goto(`${stage.address}/flows`)
    await page.getByRole('table', { name: '待办事项' }).getByText('紧急事项').last().click()
    await page.getByRole('button', { name: '核实,送审批' }).click()
    await page.getByLabel('建议金额').fill('800')
    await page.getByLabel(/^理由/).fill('到家里看过,属实。')
    await look(page, 'flood-verify')
    await page.getByRole('button', { name: '确定核实,送审批' }).click()
    await page.getByText('已办理', { exact: false }).first().waitFor()
    const { due, entered } = await row<{ due: string; entered: string }>(
      'select due_at as due, entered_at as entered from flow_cases where id = $1',
      [casePath.split('/').at(-1)],
    )
    expect(Date.parse(due) - Date.parse(entered)).toBe(20 * 3_600_000)
    // On the second day of the holiday: hours stop for nothing.
    expect(new Date(Date.parse(due) + 8 * 3_600_000).toISOString().slice(0, 10)).toBe('2026-01-02')
  })

  test('the deputy decides in the place of the absent approver, within its hours, out of the fund', async () => {
    const page = at('deputy')
    await page.goto(`${stage.address}/flows`)
    await page.getByRole('table', { name: '待办事项' }).getByText('紧急事项').last().click()
    await page.getByRole('button', { name: '同意,从资金中支出' }).click()
    await page.getByLabel('金额', { exact: true }).fill('800')
    await page.getByLabel(/^理由/).fill('同意,马上送去。')
    await look(page, 'flood-grant')
    await page.getByRole('button', { name: '确定同意,从资金中支出' }).click()
    await page.getByText('已办理', { exact: false }).first().waitFor()
    const steps = await owner.query<{ move: string; late: boolean }>(
      'select move, late from flow_steps where case_id = $1 order by number',
      [casePath.split('/').at(-1)],
    )
    expect(steps.rows).toEqual([
      { move: 'report', late: false },
      { move: 'verify', late: false },
      { move: 'grant', late: false },
    ])
    const principal = at('principal')
    await principal.goto(`${stage.address}/flows/watch?part=funds`)
    await principal.getByText('9,200.00 元').first().click()
    await principal.getByText('支出 800.00 元').waitFor()
    await look(principal, 'fund-entries')
    await principal.getByRole('link', { name: '看事项' }).click()
    await principal.getByText('已同意,待补材料').first().waitFor()
    await look(principal, 'flood-granted')
  })

  test('papers come afterwards, in working days', async () => {
    const page = at('officer')
    await page.goto(stage.address + casePath)
    await page.getByText('已同意,待补材料').first().waitFor()
    await expect.poll(() => page.getByRole('button', { name: '材料已补齐' }).isDisabled()).toBe(true)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: '收条.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
      })
    await expect.poll(() => page.getByRole('button', { name: '材料已补齐' }).isDisabled()).toBe(false)
    await page.getByRole('button', { name: '材料已补齐' }).click()
    await page.getByRole('button', { name: '确定材料已补齐' }).click()
    await page.getByText('已办结').first().waitFor()
  })
})

describe('[X8] a pair of a cadre and a community', () => {
  test('is made by the school; a change heard of there lies with the class teacher', async () => {
    const page = at('principal')
    await page.goto(`${stage.address}/flows/watch?part=pairs`)
    await page.getByText('还没有结对').waitFor()
    await look(page, 'pairs-empty')
    await page.getByRole('button', { name: '结一对' }).click()
    await choose(page, '校干', names.principal ?? '')
    await page.getByLabel('社区(村)').fill('临湖县柳堡镇湖东村第三网格社区工作站')
    await page.getByLabel('那边的联系人和电话').fill('王主任 13900000000')
    await page.getByRole('dialog').getByRole('button', { name: '结对' }).click()
    await page.getByText('临湖县柳堡镇湖东村第三网格社区工作站').first().waitFor()
    await look(page, 'pairs')
    await page.getByText('临湖县柳堡镇湖东村第三网格社区工作站').first().click()
    await page.getByRole('button', { name: '记一次联系' }).click()
    await page.getByLabel('说了什么').fill('例行走访,村里清淤。')
    await page.getByRole('switch', { name: '听到学生家里有变化' }).click()
    await choose(page, '哪个学生', child.name)
    await page.getByLabel('什么变化').fill('父亲上周住院,奶奶照看。')
    await look(page, 'contact-form')
    await page.getByRole('button', { name: '记下', exact: true }).click()
    await page.getByText('已转班主任跟进').waitFor()
    const teacher = at('teacher')
    await teacher.goto(`${stage.address}/flows`)
    await teacher.getByText('跟进事项').first().click()
    await teacher.getByText('父亲上周住院').waitFor()
    await look(teacher, 'follow-up')
  })
})
