import { afterAll, beforeAll, expect, test } from 'vitest'
import { getImport } from './get-import.ts'
import { bringAs, closeDesk, county, csv, importing, officer, openDesk } from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const columns = '学校名称,年级,班级,学号,姓名,出生日期,身份证件号'
const at = (group: string, rest: string) => `新湖县实验幼儿园,小班,${group},${rest}`

const counts = async (name: string, ...rows: string[]) => {
  const actor = await officer.actor()
  const importId = await bringAs(actor, csv(columns, ...rows), name)
  const { counts: found } = await getImport(importing, actor, importId)
  return { new: found.new, changed: found.changed, unchanged: found.unchanged, refused: found.refused }
}

test('[T2] who has no number on a roster is known by name and birth date, in the own school and no one else', async () => {
  const first = await counts(
    '学生名册1.csv',
    at('小一班', ',慕容安,2021-03-04,'),
    at('小一班', 'K2,慕容宁,2021-03-05,'),
    at('小一班', 'K3,慕容和,2021-03-06,'),
  )
  expect(first).toEqual({ new: 3, changed: 0, unchanged: 0, refused: 0 })
  const again = await counts(
    '学生名册2.csv',
    // the same child in another class, with a number now
    at('小二班', 'K1,慕容安,2021-03-04,'),
    // the same name born another day, and the same name and day under another number: other children
    at('小一班', ',慕容宁,2021-03-15,'),
    at('小一班', 'K9,慕容和,2021-03-06,'),
    '新湖县第二幼儿园,小班,小一班,,慕容安,2021-03-04,',
  )
  expect(again).toEqual({ new: 3, changed: 1, unchanged: 0, refused: 0 })
  const children = await county.rows<{ number: string | null; class: string }>(
    `select s.number, k.name as class from students s join units k on k.id = s.class_id join units o on o.id = s.school_id
     where s.name = '慕容安' order by o.name desc, s.number`,
  )
  expect(children.filter(({ number }) => number === 'K1')).toEqual([{ number: 'K1', class: '小二班' }])
  expect(children).toHaveLength(2)
})
