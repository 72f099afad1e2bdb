import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweptTables } from './straighten-scopes.ts'
import { importTasks } from './tasks.ts'
import { bringAs, bytesOf, closeDesk, county, csv, importing, officer, openDesk } from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const strays = async (): Promise<Record<string, number>> => {
  const found: Record<string, number> = {}
  for (const table of sweptTables) {
    const [row] = await county.rows<{ many: number }>(
      `select count(*)::int as many from ${table} t left join students s on s.school_id = t.school_id and s.id = t.student_id
       where s.scope is distinct from t.scope`,
    )
    if (row && row.many > 0) found[table] = row.many
  }
  return found
}

test('[T2] everything a roster writes stands in the scope of its student, also after classes were changed', async () => {
  const actor = await officer.actor()
  await bringAs(actor, bytesOf('01-学生基本信息表.xlsx'), '01.xlsx')
  expect(await strays()).toEqual({})
  const children = await county.rows<{ number: string; name: string }>(
    `select st.number, st.name from students st join units c on c.id = st.class_id join units u on u.id = st.school_id
     where u.name = '临湖县第一小学' and c.name = '2024级1班' and st.number is not null order by st.number limit 20`,
  )
  const lines = children.map(({ number, name }) => `临湖县第一小学,二年级,2024级2班,${number},${name}`)
  await bringAs(actor, csv('学校名称,年级,班级,学号,姓名', ...lines), '学生名册.csv')
  const [moved] = await county.rows<{ many: number }>(
    `select count(*)::int as many from students st join units c on c.id = st.class_id where c.name = '2024级2班' and st.number = any($1)`,
    [children.map(({ number }) => number)],
  )
  expect(moved?.many).toBe(20)
  expect(await strays()).toEqual({})
})

test('[T2] a row that stayed behind is found at night, in whichever table it stands', async () => {
  const [child] = await county.rows<{ id: string }>(
    `with child as (select t.* from student_contacts t join class_spells k using (student_id) order by t.student_id limit 1)
     insert into facts (school_id, id, student_id, scope, fact, secrecy, value, as_of)
     select school_id, gen_random_uuid(), student_id, scope, 'boarding', 1, 'true', '2025-09-01' from child returning student_id as id`,
  )
  const held: string[] = []
  for (const table of sweptTables) {
    const [row] = await county.rows<{ many: number }>(
      `with w as (update ${table} set scope = 'a.elsewhere.' where student_id = $1 returning 1) select count(*)::int as many from w`,
      [child?.id],
    )
    if (row && row.many > 0) held.push(table)
  }
  expect(held).toEqual(
    expect.arrayContaining(['name_pieces', 'student_contacts', 'facts', 'facts_general', 'classified']),
  )
  expect(Object.keys(await strays()).sort()).toEqual([...held].sort())
  await importTasks(importing)['straighten-scopes']?.({}, { number: 1, last: true })
  expect(await strays()).toEqual({})
})
