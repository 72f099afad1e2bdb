import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getImport } from './get-import.ts'
import { requestCommit } from './request-commit.ts'
import {
  bringAs,
  closeDesk,
  county,
  csv,
  importing,
  officer,
  openDesk,
  preview,
  refusalOf,
  upload,
  work,
} from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const own = csv('东关小学学生花名册', '姓名,性别,年级班级,学号', '王小芳,女,三(2)班,b1', '李小四,男,三(2)班,b2')

const schoolOf = async (): Promise<string> => {
  await bringAs(
    await officer.actor(),
    csv('学校名称,年级,班级,学号,姓名', '东关小学,三年级,2班,b0,赵小六'),
    '学生花名册.csv',
  )
  const [school] = await county.rows<{ id: string }>(`select id from units where name = '东关小学'`)
  return school?.id ?? ''
}

describe('a school hands over its own list', () => {
  test('[X7] without a column for the school its pupils go into their classes there, and the same list again changes nothing', async () => {
    const actor = await officer.actor()
    const school = await schoolOf()
    const bring = async () => {
      const importId = await upload(actor, own, '学生花名册.csv', school)
      await work()
      const asked = await getImport(importing, actor, importId)
      expect([asked.missing, asked.schoolGiven]).toEqual([[], true])
      await preview(actor, importId)
      const { counts } = await getImport(importing, actor, importId)
      await requestCommit(importing, actor, importId)
      await work()
      return [counts.new, counts.unchanged, counts.refused]
    }
    expect(await bring()).toEqual([2, 0, 0])
    expect(await bring()).toEqual([0, 2, 0])
    const placed = await county.rows<{ name: string; school: string; class: string }>(
      `select st.name, s.name as school, c.name as class from students st join units s on s.id = st.school_id
        join units c on c.id = st.class_id where st.school_id = $1 order by st.number`,
      [school],
    )
    expect(placed.map(({ name, school, class: group }) => [name, school, group])).toEqual([
      ['赵小六', '东关小学', '三年级2班'],
      ['王小芳', '东关小学', '三年级2班'],
      ['李小四', '东关小学', '三年级2班'],
    ])
  })

  test('the same list handed over for a county asks which school it means', async () => {
    const actor = await officer.actor()
    const importId = await upload(actor, own, '学生花名册.csv')
    await work()
    const { missing, schoolGiven } = await getImport(importing, actor, importId)
    expect([missing, schoolGiven]).toEqual([['学校或学校标识码'], false])
    expect((await refusalOf(preview(actor, importId))).code).toBe('imports.invalid-mapping')
  })

  test('results with one subject a row are refused with what to do', async () => {
    const actor = await officer.actor()
    const long = await upload(actor, csv('期中成绩', '学号,姓名,科目,成绩', 'b1,王小芳,语文,90'), '成绩.csv')
    await work()
    expect((await getImport(importing, actor, long)).refusal?.code).toBe('imports.long-results')
  })
})
