import pg from 'pg'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { journeyDay, openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage({ demo: true })
  page = await stage.visitor()
  await stage.signIn(page, 'xian')
})
afterAll(() => stage?.close())

// The list of the select before may still be folding away; a choice is made in the one that is open, then waited out.
const pick = async (box: Locator, option: string): Promise<void> => {
  await box.click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click()
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' })
}

const choose = async (label: string, option: string): Promise<void> => {
  const box = page.getByRole('combobox', { name: label }).first()
  await box.click()
  await page.keyboard.type(option.slice(0, 6))
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click()
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' })
}

// Some lists are long: what is looked for is typed first.
const find = async (box: Locator, option: string): Promise<void> => {
  await box.click()
  await page.keyboard.type(option)
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: new RegExp(`^${option}$`) })
    .first()
    .click()
}

describe('an office writes rules of every kind of condition without a file', () => {
  const box = (name: string, nth = 0) => page.getByRole('combobox', { name }).nth(nth)
  const words = (nth: number, option: string) => find(box('看哪个情况或类别', nth), option)

  test('a class of all kinds of condition is read in Chinese once its examples hold', async () => {
    await page.getByRole('menuitem', { name: '政策' }).click()
    await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '采用与版本' }).click()
    await page.getByRole('link', { name: '起草本单位的规则' }).click()
    await page.getByLabel('代号').fill('linhu-try')
    await page.getByLabel('名称', { exact: true }).fill('临湖县试写')
    await choose('继承哪个政策', '泰州市')
    await page.getByRole('button', { name: '加一份文件' }).click()
    await page.getByLabel('第 1 份文件的标题').fill('临湖县关爱办法')
    await page.getByRole('button', { name: '新增一类对象' }).click()
    await page.getByLabel('类别叫什么').fill('近期谈过心的小学留守学生')
    await words(0, '年龄')
    await pick(box('怎样判断'), '在…之间')
    await page.getByLabel('年龄从').fill('6')
    await page.getByLabel('年龄到').fill('12')
    await page.getByRole('button', { name: '加一组条件' }).click()
    await pick(box('怎样合起来', 1), '以下至少符合几项')
    await words(1, '几个情况有任一个')
    for (const fact of ['低保', '孤儿']) await find(box('哪几个情况'), fact)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '加一个条件' }).first().click()
    await words(2, '最近有过谈心谈话')
    await page.getByLabel('近多少天内').fill('60')
    await page.getByRole('button', { name: '加一个条件' }).first().click()
    await words(3, '留守儿童')
    await page.getByLabel('至少符合几项', { exact: true }).fill('2')
    await page.getByLabel('文件里的哪一处').fill('第四条')
    await page.getByLabel('密级比所依据的情况低时').fill('只说在不在里面')
    await page.getByLabel('例子里的年龄').nth(0).fill('12')
    await page.getByLabel('例子里几天前有过谈心谈话').nth(0).fill('59')
    await pick(box('例子里的留守情况', 0), '双亲留守')
    await page.getByLabel('例子里的年龄').nth(1).fill('13')
    await page.getByLabel('例子里的年龄').nth(2).fill('12')
    await page.getByText('写法、名称、密级和例子都通过了').waitFor()
    await page
      .getByText('年龄在 6周岁 至 12周岁 之间(含两端);(2)【至少符合下列 2 项:(1)有下列任一情况:低保、孤儿')
      .waitFor()
    await page.getByText('近 60 天内有“谈心谈话”记录').waitFor()
    // The child of the first example talked 59 days ago; at 60 the window of 60 days is over.
    await page.getByLabel('例子里几天前有过谈心谈话').nth(0).fill('60')
    await page.getByText('例子(in 第 1 个)应为“符合”').waitFor()
    await page.getByLabel('例子里几天前有过谈心谈话').nth(0).fill('59')
    await page.getByText('写法、名称、密级和例子都通过了').waitFor()
  })

  test('a duty counts only some kinds of a record, within days of an event', async () => {
    await page.getByRole('button', { name: '收起' }).click()
    await page.getByRole('button', { name: '新增一项任务' }).click()
    await page.getByLabel('任务叫什么').fill('变故后上门')
    await page.getByLabel('别人会看到的名称').fill('上门')
    await choose('对哪类学生', '近期谈过心的小学留守学生')
    await choose('做什么', '家访')
    await find(box('的方式只算'), '入户')
    await page.keyboard.press('Escape')
    await pick(box('多久一次'), '某件事之后限时办')
    await find(box('哪件事之后'), '关键成长事件')
    await page.getByLabel('多久以内').fill('3')
    await page.getByLabel('文件里的哪一处').fill('第五条')
    await page.getByText(/后 3 个工作日内至少 1 次家访\(.*入户\)/).waitFor()
  })

  test('a rule from above is replaced whole, another ended from a day, and the pack handed in says both', async () => {
    await page.getByRole('button', { name: '收起' }).click()
    await find(box('上级的哪条规则'), '每学年至少一次成长奖励')
    await page.getByRole('button', { name: '整条替换' }).click()
    await page.getByLabel('至少几次').fill('2')
    await find(box('依据的文件'), '临湖县关爱办法')
    await page.getByLabel('文件里的哪一处').fill('第六条')
    await page.getByText(/每学年至少 2 次成长奖励/).waitFor()
    await page.getByRole('button', { name: '收起' }).click()
    await find(box('上级的哪条规则'), '每学期至少一次集体教研')
    await page.getByRole('button', { name: '终止', exact: true }).click()
    await page.getByLabel('从哪天起在本单位不再执行').fill('2026-02-01')
    await page.getByLabel('文件里的哪一处').fill('第七条')
    await page.getByText('写法、名称、密级和例子都通过了').waitFor()
    await page.getByText('2026-02-01 起在本单位终止').waitFor()
    await page.getByRole('button', { name: '交上去' }).click()
    await page.getByRole('heading', { name: '采用与版本' }).waitFor()
    await choose('政策和版本', '临湖县试写 1.0.0')
    await page.getByRole('button', { name: '先试算' }).click()
    await page.getByRole('table', { name: '对象类别的变化' }).getByText('近期谈过心的小学留守学生').waitFor()
  })
})

describe('an office writes its own rule', () => {
  test('by form, checked while it is written, and hands it in', async () => {
    await page.getByRole('menuitem', { name: '政策' }).click()
    await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '采用与版本' }).click()
    await page.getByRole('link', { name: '起草本单位的规则' }).click()
    await page.getByLabel('代号').fill('linhu')
    await page.getByLabel('名称', { exact: true }).fill('临湖县')
    await choose('继承哪个政策', '泰州市')
    await page.getByRole('button', { name: '加一份文件' }).click()
    await page.getByLabel('第 1 份文件的标题').fill('临湖县走访办法')
    await page.getByRole('button', { name: '新增一类对象' }).click()
    await page.getByLabel('类别叫什么').fill('双亲都不在身边的学生')
    await choose('看哪个情况或类别', '留守情况')
    await choose('留守情况的值', '双亲留守')
    await page.getByLabel('文件里的哪一处').fill('第二条')
    await pick(page.getByRole('combobox', { name: '例子里的留守情况' }).nth(0), '双亲留守')
    await pick(page.getByRole('combobox', { name: '例子里的留守情况' }).nth(1), '单亲留守')
    await page.getByText('写法、名称、密级和例子都通过了').waitFor()
    await page.getByRole('button', { name: '收起' }).click()
    await page.getByRole('button', { name: '新增一项任务' }).click()
    await page.getByLabel('任务叫什么').fill('每月谈心两次')
    await page.getByLabel('别人会看到的名称').fill('谈心')
    await choose('对哪类学生', '双亲都不在身边的学生')
    await choose('做什么', '谈心')
    await choose('多久一次', '每月')
    await page.getByLabel('至少几次').fill('2')
    await page.getByLabel('文件里的哪一处').fill('第三条')
    await page.getByText(/对“双亲都不在身边的学生”,每月至少 2 次/).waitFor()
    await page.getByRole('button', { name: '交上去' }).click()
    await page.getByRole('heading', { name: '采用与版本' }).waitFor()
  })

  test('sees what it would bring, adopts it, and it stands among the rules with its article', async () => {
    await choose('政策和版本', '临湖县 1.0.0')
    await page.getByRole('button', { name: '先试算' }).click()
    const classes = page.getByRole('table', { name: '对象类别的变化' })
    await classes.getByText('双亲都不在身边的学生').waitFor()
    await page.getByRole('table', { name: '各岗位任务的变化' }).getByText('每月谈心两次').waitFor()
    await page.getByRole('button', { name: '采用', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '采用' }).click()
    await page.getByRole('table', { name: '采用政策的经过' }).getByText('临湖县 1.0.0').waitFor()
    await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '执行的规则' }).click()
    await page.getByRole('tab', { name: /^任务/ }).click()
    await page.getByText('每月谈心两次').waitFor()
    await page
      .getByText(/临湖县走访办法 第三条/)
      .first()
      .waitFor()
  })

  test('a student of the class shows the new duty with its article, and how the student stood on a day gone by', async () => {
    const owner = new pg.Client({ connectionString: stage.ownerUrl })
    await owner.connect()
    const { rows } =
      await owner.query(`select c.school_id, c.student_id from class_spells c join policy_rules r on r.number = c.rule
      where r.label = '双亲都不在身边的学生' and c.until is null order by c.student_id limit 1`)
    await owner.end()
    await page.goto(`${stage.address}/students/${rows[0].school_id}/${rows[0].student_id}`)
    await page.getByRole('tab', { name: '任务' }).click()
    const duty = page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: '谈心' })
    await duty.getByText('第三条').waitFor()
    await expect.poll(() => duty.textContent()).toContain('0/2')
    await page.getByRole('tab', { name: '归类' }).click()
    await page.getByRole('tabpanel').getByText('双亲都不在身边的学生').waitFor()
    await page.getByRole('tab', { name: '某一天' }).click()
    await page.getByRole('tabpanel').getByText('没有记录在案的类别和任务').waitFor()
    await page.getByLabel('看哪一天').fill(journeyDay)
    await page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: '第三条' }).waitFor()
  })

  test('an adoption withdrawn before its day leaves nothing but its history', async () => {
    await page.getByRole('menuitem', { name: '政策' }).click()
    const rulesShown = async () => {
      await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '执行的规则' }).click()
      await page.getByRole('tab', { name: /^任务/ }).click()
      await page.getByText('每月谈心两次').waitFor()
      return page.getByRole('tabpanel').last().textContent()
    }
    const before = await rulesShown()
    await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '采用与版本' }).click()
    await choose('政策和版本', '徐州市 1.0.0')
    await page.getByLabel('从哪一天起').fill('2026-03-01')
    await page.getByRole('button', { name: '先试算' }).click()
    await page.getByRole('button', { name: '采用', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '采用' }).click()
    const history = page.getByRole('table', { name: '采用政策的经过' })
    const line = history.getByRole('row').filter({ hasText: '徐州市 1.0.0' })
    await line.getByRole('button', { name: '撤回' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await history.getByRole('row').filter({ hasText: '徐州市 1.0.0' }).getByText('已撤回').waitFor()
    expect(await rulesShown()).toBe(before)
  })

  test('the coverage of a day gone by is shown, and back to today', async () => {
    await page.getByRole('menuitem', { name: '覆盖率' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByLabel('看哪一天').fill('2025-10-01')
    await page.getByText(/数字截至2025年10月1日|数字截至 ?2025-10-01/).waitFor()
    await page.getByRole('link', { name: '家庭经济困难学生家访全覆盖' }).first().click()
    await page.getByText(/数字截至2025年10月1日/).waitFor()
    // The county was loaded later: on that day nobody was in the class yet.
    await page.getByText('没有缺的').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: '回到今天' }).click()
    await page.getByRole('button', { name: '回到今天' }).waitFor({ state: 'detached' })
  })

  test('a coverage page is kept, and opens later with its names and what was said of it', async () => {
    await page.getByRole('button', { name: '定格' }).click()
    await page.getByLabel('说明(可不填)').fill('期中督导用')
    await page.getByRole('dialog').getByRole('button', { name: '定格' }).click()
    await page.getByText(/已定格。连同名单/).waitFor()
    const kept = page.getByRole('list', { name: '定格过的页' })
    await kept.getByText('期中督导用').waitFor()
    await kept.getByRole('link').first().click()
    await page.getByRole('heading', { name: /定格的覆盖率/ }).waitFor()
    await page.getByText('以后的更正不改变这一页').waitFor()
    await page.getByRole('link', { name: '家访全覆盖' }).first().click()
    await page.getByText('定格时的未完成名单').waitFor()
    await page.getByRole('table', { name: '未完成名单' }).getByRole('row').nth(3).waitFor()
    await expect.poll(() => page.getByRole('table', { name: '未完成名单' }).getByRole('row').count()).toBeGreaterThan(2)
  })

  test('keeps the calendar and finds whom nobody has asked about', async () => {
    await page.getByRole('menuitem', { name: '政策' }).click()
    await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '校历' }).click()
    await page.getByRole('table', { name: '放假和补课的日子' }).waitFor()
    await page.getByRole('navigation', { name: '政策的各部分' }).getByRole('link', { name: '情况不明' }).click()
    await page.getByRole('heading', { name: '情况不明,需核实' }).waitFor()
    await page.getByRole('table', { name: '情况不明的学生' }).or(page.getByText('这里没有情况不明的学生')).waitFor()
    await expect
      .poll(() => page.getByRole('table', { name: '情况不明的学生' }).getByRole('link').count())
      .toBeGreaterThan(5)
    await page.getByRole('link', { name: '看这一类的学生' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expect.poll(() => page.url()).toContain('rule=')
  })
})
