import { afterAll, beforeAll, describe, test } from 'vitest'
import { type CareCast, openCare } from './care-cast.ts'
import { choose } from './choose.ts'
import { look } from './look.ts'
import { phone } from './stage.ts'

let cast: CareCast
beforeAll(async () => {
  cast = await openCare()
})
afterAll(() => cast?.close())

describe('[X2 G26] a round of questions', () => {
  test('is opened by the school, answered by the class teacher on a phone, and stands in the files', async () => {
    const page = cast.at('officer')
    await cast.go('officer', '/flows/screenings')
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
    const teacher = await cast.enter('phone', await cast.loginOf('teacher'), phone)
    await teacher.goto(`${cast.stage.address}/flows/screenings`)
    await teacher.getByRole('button', { name: /^填写/ }).click()
    const sheet = teacher.getByRole('group', { name: `${cast.child.name} 随迁子女` })
    await sheet.waitFor()
    await look(teacher, 'screening-answer')
    await sheet.getByText('是', { exact: true }).click()
    await teacher
      .getByRole('group', { name: `${cast.child.name} 留守情况` })
      .getByText('双亲留守')
      .click()
    await teacher.getByRole('button', { name: '记入 1 名学生的档案' }).click()
    await teacher.getByText('已记入 1 名学生的档案').waitFor()
    await cast.go('officer', '/flows/screenings')
    await page.getByText(/还有/).first().waitFor()
    await cast.go('officer', `/students/${cast.child.schoolId}/${cast.child.id}`)
    await page.getByRole('tab', { name: '情况' }).click()
    await page.getByText('双亲留守').first().waitFor()
  })
})
