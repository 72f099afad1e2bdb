import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allAnswers, differing, steadyAnswers } from './all-answers.ts'
import { askAs } from './asking.ts'
import { look } from './look.ts'
import { settled } from './settled.ts'
import { openStage, phone, type Stage } from './stage.ts'

let stage: Stage
let owner: pg.Client
let filling: Record<string, string> = {}
/** The head teacher of the class, and those above them at the school. */
const insiders = ['banzhuren', 'xiaozhang', 'zizhu']
const before = new Map<string, ReadonlyMap<string, string>>()

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  const { rows } =
    await owner.query(`select s.school_id as "schoolId", s.id as "studentId", s.name as search, s.class_id as "classId"
    from accounts o join appointments a on a.person_id = o.person_id and a.post = 'class-teacher'
      join students s on s.class_id = a.unit_id and s.status = 1 where o.login_name = 'banzhuren' order by s.id limit 1`)
  filling = {
    ...rows[0],
    unitId: rows[0].schoolId,
    unit: rows[0].schoolId,
    newId: rows[0].studentId,
    box: 'todo',
    caseId: uuidv7(),
  }
  for (const who of insiders) before.set(who, await steadyAnswers(stage, who, filling))
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

test('[Z9] a report of harm is written on a phone without signing in, and the head teacher it names finds nothing of it', async () => {
  const page = await stage.visitor(phone)
  await page.goto(`${stage.address}/letter`)
  await page.getByRole('tab', { name: '报告伤害' }).click()
  await page.getByRole('combobox', { name: '哪所学校' }).fill('第一小学')
  await page.getByText('临湖县第一小学', { exact: false }).last().click()
  await page.getByText('体罚或变相体罚').click()
  await page.getByLabel('是谁做的').fill('班主任')
  await page.getByLabel('什么事').fill('昨天第二节课用尺子打手')
  await page.getByText('暂时没有').click()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/letter-390.png`, fullPage: true })
  await page.getByRole('button', { name: '不留姓名,寄出' }).click()
  const code = (await page.locator('.letter-code').textContent()) ?? ''
  expect(code).toMatch(/^([2-9A-Z]{5}-){3}[2-9A-Z]{5}$/)
  await page.goto(`${stage.address}/letter`)
  await page.getByRole('tab', { name: '凭回访码查看' }).click()
  await page.getByLabel('回访码', { exact: true }).fill(code)
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByRole('heading', { name: '已经收到' }).waitFor()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/letter-look-390.png`, fullPage: true })

  const officer = await stage.visitor()
  await stage.signIn(officer, 'xian')
  await officer.goto(`${stage.address}/flows`)
  await officer.getByText('来信').first().waitFor()
  await officer.getByText('来信').first().click()
  await officer.getByText('昨天第二节课用尺子打手').waitFor()

  const path = new URL(officer.url()).pathname
  const caseId = path.split('/').at(-1) ?? ''
  const head = await stage.visitor(phone)
  await stage.signIn(head, 'banzhuren')
  for (const place of ['/', '/flows', '/flows?box=copies', '/messages', `/students?search=${filling.search}`]) {
    await head.goto(stage.address + place)
    await head.getByRole('heading', { level: 1 }).waitFor()
    await settled(head)
    expect([place, (await head.locator('body').textContent())?.includes('来信')]).toEqual([place, false])
  }
  await head.goto(stage.address + path)
  await head
    .getByText(/没有找到|不存在|看不到/)
    .first()
    .waitFor()
  expect(await head.locator('main').textContent()).not.toContain('尺子')

  // Its own address is answered as that of a case which never was. Every address there is, for the head teacher, the principal and the aid officer of the school: counts, boxes, search,
  // lists and messages answer byte for byte as before.
  for (const who of insiders) {
    const after = await allAnswers(stage, who, { ...filling, caseId })
    const strange = differing(before.get(who) ?? new Map(), after)
    expect([who, strange]).toEqual([who, []])
    for (const [name, answer] of after)
      expect([name, answer.includes(caseId), answer.includes('尺子')]).toEqual([name, false, false])
  }
  const told = await owner.query(
    `select 1 from message_outbox m join accounts a on a.person_id = m.to_person where a.login_name = any($1) and m.created_at > now() - interval '1 hour'
       and m.link like '%' || $2 || '%'`,
    [insiders, caseId],
  )
  expect(told.rowCount).toBe(0)
  // The control: the county does get another answer.
  const ask = await askAs(stage, 'xian')
  const box = stage.program.served.find(({ endpoint }) => endpoint.name === 'flows.list-box')
  if (!box) throw new Error('no inbox')
  expect((await ask(box.endpoint, { box: 'todo' })).body).toContain(caseId)
})

test('[G33] a report to police or civil affairs is prepared, signed, printed on one sheet, sent and receipted; the guardian and colleagues find nothing', async () => {
  const { schoolId = '', studentId = '', search: name = '' } = filling
  const teacher = await stage.visitor(phone)
  await stage.signIn(teacher, 'banzhuren')
  await teacher.goto(`${stage.address}/students/${schoolId}/${studentId}`)
  await teacher.getByRole('button', { name: '发起事项' }).click()
  await teacher.getByRole('link', { name: '强制报告' }).click()
  await teacher.getByText('公安机关', { exact: true }).click()
  await teacher.getByLabel('发现的情况').fill('手臂多处旧伤,说不清来由;今早不愿回家。')
  await teacher.getByLabel(/已经采取的保护措施/).fill('已请校医看过,留在学校,由班主任陪着。')
  await look(teacher, 'report-prepare')
  await teacher.getByRole('button', { name: '报告', exact: true }).click()
  await teacher.getByText('正在办理').first().waitFor()
  const path = new URL(teacher.url()).pathname
  const principal = await stage.visitor()
  await stage.signIn(principal, 'xiaozhang')
  await principal.goto(stage.address + path)
  await principal.getByRole('button', { name: '签发' }).click()
  await principal.getByRole('button', { name: '确定签发' }).click()
  await principal.getByText('待报送').first().waitFor()
  await principal.getByRole('link', { name: '打开报告单' }).click()
  const sheet = principal.getByRole('article', { name: '报告单' })
  await sheet.getByText('手臂多处旧伤').waitFor()
  const words = (await sheet.textContent()) ?? ''
  for (const word of ['公安机关', name, '留在学校', '第十一条']) expect(words).toContain(word)
  await look(principal, 'report-sheet')
  await principal.emulateMedia({ media: 'print' })
  await expect.poll(() => principal.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
  await expect.poll(() => sheet.isVisible()).toBe(true)
  await principal.emulateMedia({ media: null })
  await principal.goto(stage.address + path)
  await principal.getByRole('button', { name: '已报送', exact: true }).click()
  await principal.getByLabel('接收单位和接报人').fill('柳堡派出所 李警官')
  await principal.getByRole('button', { name: '确定已报送' }).click()
  await principal.getByText('已报送,待回执').first().waitFor()
  await principal.getByRole('button', { name: '登记回执', exact: true }).click()
  await principal.getByLabel('回执编号').fill('柳公受2025-0311')
  await principal.getByRole('button', { name: '确定登记回执' }).click()
  await principal.getByText('已有回执').first().waitFor()
  await look(principal, 'report-receipted')
  await principal.getByRole('link', { name: '打开报告单' }).click()
  await principal.getByText('柳公受2025-0311').waitFor()
  const caseId = path.split('/').at(-1) ?? ''
  for (const who of ['zizhu', 'jiazhang', 'xian'])
    for (const [endpoint, answer] of await allAnswers(stage, who, { ...filling, caseId }))
      expect([who, endpoint, answer.includes('旧伤'), answer.includes('柳公受')]).toEqual([who, endpoint, false, false])
})
