import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInOf } from './asking.ts'
import { choose } from './choose.ts'
import { look } from './look.ts'
import { settled } from './settled.ts'
import { openStage, phone, type Stage } from './stage.ts'

const community = '临湖县柳堡镇湖东村社区工作站'
const school = '临湖县第一小学'

let stage: Stage
let owner: pg.Client
let child = { name: '', number: '' }

const row = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row> =>
  (await owner.query(text, values)).rows[0] as Row

beforeAll(async () => {
  stage = await openStage({ demo: true })
  owner = new pg.Client({ connectionString: stage.ownerUrl })
  await owner.connect()
  child = await row(
    `select s.name, s.number from students s join units u on u.id = s.school_id
     where u.name = $1 and s.status = 1 and (select count(*) from students t where t.name = s.name) = 1
       and not exists (select from flow_cases c where c.student_id = s.id) order by s.id limit 1`,
    [school],
  )
  // A community of the county with somebody who works there: no school, no student.
  const [unitId, personId] = [uuidv7(), uuidv7()]
  const county = await row<{ id: string; path: string }>(
    `select c.id, c.path from units c join units u on u.path ^@ c.path where c.kind = 'county' and u.name = $1`,
    [school],
  )
  const path = `${county.path}zzpartner.`
  await owner.query(`insert into units (id, parent_id, path, kind, name) values ($1, $2, $3, 'office', $4)`, [
    unitId,
    county.id,
    path,
    community,
  ])
  await owner.query(
    `insert into people (id, home_unit_id, scope, name, name_key, initials) values ($1, $2, $3, '社区老王', '社区老王', '')`,
    [personId, unitId, path],
  )
  await owner.query(
    `insert into appointments (id, person_id, unit_id, scope, post, from_date) values ($1, $2, $3, $4, 'community-worker', '2025-09-01')`,
    [uuidv7(), personId, unitId, path],
  )
})
afterAll(async () => {
  await owner?.end()
  await stage?.close()
})

test('[X9] a community tells of a sudden change without knowing the student; the school finds out who it is', async () => {
  const worker = await stage.visitor(phone)
  await stage.signIn(worker, await signInOf(stage, { post: 'community-worker', unitName: community }))
  await worker.goto(`${stage.address}/flows/new/emergency-aid`)
  await choose(worker, '哪所学校', school)
  await worker.getByText('家人重病或去世').click()
  await worker.getByLabel('哪天发生').fill('2025-11-19')
  await worker.getByLabel('情况', { exact: true }).fill('父亲昨晚送去县医院,家里只有奶奶。')
  await worker.getByLabel(/是谁/).fill(`三年级的${child.name},住湖东村`)
  await worker.getByText('可以', { exact: true }).click()
  await look(worker, 'partner-report', [phone])
  await worker.getByRole('button', { name: '上报' }).click()
  await worker.getByText('学校正在核实').first().waitFor()
  await look(worker, 'partner-reported', [phone])
  const reported = new URL(worker.url()).pathname
  // The partner sees no student of the school, before or after.
  await worker.goto(`${stage.address}/students`)
  await worker.getByRole('heading', { level: 1 }).waitFor()
  await settled(worker)
  expect(await worker.locator('main').textContent()).not.toContain(child.name)

  const officer = await stage.visitor()
  await stage.signIn(officer, 'zizhu')
  // Other sudden changes wait there too.
  await officer.goto(`${stage.address}/flows`)
  await officer.getByRole('table', { name: '待办事项' }).getByText('紧急事项').first().waitFor()
  await officer.goto(stage.address + reported)
  await officer.getByText(`三年级的${child.name},住湖东村`).waitFor()
  await officer.getByRole('button', { name: '核实,送审批' }).click()
  await officer.getByLabel('学籍号').fill(child.number)
  await officer.getByLabel('建议金额').fill('500')
  await officer.getByLabel(/^理由/).fill('打电话核实,属实。')
  await look(officer, 'partner-verify')
  await officer.getByRole('button', { name: '确定核实,送审批' }).click()
  await officer.getByText('待审批').first().waitFor()
  await expect.poll(() => officer.locator('main').textContent()).toContain(child.name)
})
