import { afterAll, beforeAll, expect, test } from 'vitest'
import { getStudent } from '#contract/students'
import { writeFact } from '#server/recognition'
import { bringAs, closeDesk, county, csv, officer, openDesk } from './test-desk.ts'

beforeAll(openDesk, 120_000)
afterAll(() => closeDesk())

const columns = '学校名称,年级,班级,学号,姓名,是否寄宿,留守情况,随迁子女'
const row = (told: string) => `新湖县第一小学,一年级,2025级1班,F1,上官平,${told}`

const fileOf = async (number: string) => {
  const [child] = await county.rows<{ schoolId: string; studentId: string }>(
    `select school_id as "schoolId", id as "studentId" from students where number = $1`,
    [number],
  )
  const answer = await county.world.call(officer, getStudent, { params: child ?? { schoolId: '', studentId: '' } })
  return Object.fromEntries(answer.body.facts.map(({ fact, source }) => [fact, source?.label ?? null]))
}

const historyOf = (number: string) =>
  county.rows<{ fact: string; value: string; label: string; open: boolean }>(
    `select f.fact, f.value, o.label, f.superseded_at is null as open from facts f join fact_sources o on o.id = f.source_id
     join students s on s.school_id = f.school_id and s.id = f.student_id where s.number = $1 order by f.fact, f.recorded_at`,
    [number],
  )

test('[T2] what a roster told of a new student names the roster as its source, and keeps it when it changes', async () => {
  const actor = await officer.actor()
  await bringAs(actor, csv('学生花名册(2025年9月)', columns, row('住校,双亲留守,否')), '学生名册9月.csv')
  const first = await fileOf('F1')
  expect(first.boarding).toMatch(/2025-09$/)
  expect(first.left_behind).toBe(first.boarding)
  // a no is not told: the list speaks for everybody
  expect(first.migrant_child).toBe(`不在${first.boarding}`)
  expect(await historyOf('F1')).toEqual([])

  await bringAs(actor, csv('学生花名册(2025年10月)', columns, row('走读,双亲留守,否')), '学生名册10月.csv')
  const then = await fileOf('F1')
  expect(then.boarding).toMatch(/2025-10$/)
  expect(then.left_behind).toBe(first.left_behind)
  expect((await historyOf('F1')).filter(({ fact }) => fact === 'boarding')).toEqual([
    { fact: 'boarding', value: 'true', label: first.boarding, open: false },
    { fact: 'boarding', value: 'false', label: then.boarding, open: true },
  ])
})

test('[T2] what a roster told stays in the history when a person, not a list, writes another value', async () => {
  const actor = await officer.actor()
  await bringAs(
    actor,
    csv('学生花名册(2025年11月)', columns, row('住校,双亲留守,否').replace('F1,上官平', 'F2,司马安')),
    '学生名册11月.csv',
  )
  const told = (await fileOf('F2')).left_behind
  const [child] = await county.rows<{ schoolId: string; studentId: string }>(
    `select school_id as "schoolId", id as "studentId" from students where number = 'F2'`,
  )
  const { schoolId = '', studentId = '' } = child ?? {}
  const day = '2025-11-20'
  await county.world.program.services.door.asJob('importer', (db) =>
    writeFact(
      db,
      'left_behind',
      { schoolId, secrecy: 2, asOf: day, validUntil: null, sourceId: null, by: actor.personId },
      [{ studentId, value: 0 }],
    ),
  )
  const kept = await county.rows(
    `select f.value, o.label, f.superseded_at is null as open from facts f left join fact_sources o on o.id = f.source_id
     where f.student_id = $1 and f.fact = 'left_behind' order by f.recorded_at`,
    [studentId],
  )
  expect(kept).toEqual([
    { value: '2', label: told, open: false },
    { value: '0', label: null, open: true },
  ])
})
