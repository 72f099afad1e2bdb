import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addRecord, attachFile } from '#contract/records'
import { sql } from '#server/platform'
import { type Child, openWorld, type Someone, type World } from '../test-world.ts'

/** Row policies of the ledger, progress and figures: what each person sees when asking for everything there is. */

let world: World
let child: Child
const people: Record<string, Someone> = {}
beforeAll(async () => {
  world = await openWorld()
  child = await world.child(world.units.classA1, '甲', {
    family: { hardship_level: 1 },
    protection: { key_student: true },
  })
  await world.classify(world.units.schoolA, world.units.schoolB)
  for (const [name, post, unit] of [
    ['teacher', 'class-teacher', 'classA1'],
    ['otherTeacher', 'class-teacher', 'classA2'],
    ['officer', 'school-aid-officer', 'schoolA'],
    ['stranger', 'principal', 'schoolB'],
    ['county', 'county-aid-officer', 'county'],
    ['psychologist', 'psychology-teacher', 'schoolA'],
  ] as const)
    people[name] = await world.someone(post, world.units[unit], name)
  const record = (kind: number, mode: number | null, fields: Record<string, string | number>) => ({
    id: uuidv7(),
    kind,
    studentIds: [child.id],
    actDate: '2025-11-10',
    mode,
    fields,
  })
  const params = { schoolId: child.schoolId }
  const visit = record(1, 1, { household_note: '家中整洁' })
  await world.call(people.teacher as Someone, addRecord, { params, body: visit })
  await world.call(people.officer as Someone, addRecord, {
    params,
    body: record(4, null, { concern: 3, content: '补习' }),
  })
  await world.call(people.teacher as Someone, attachFile, {
    params: { ...params, recordId: visit.id, attachmentId: uuidv7() },
    body: Buffer.from('%PDF-1.7 a page'),
  })
  await world.owner.query(
    `insert into closed_periods (school_id, rule, period, scope, secrecy, need, met, missed)
     values ($1, 1, '2024-09-01', $2, 2, 1, 0, array[$3::uuid])`,
    [child.schoolId, world.units.schoolA.path, child.id],
  )
})
afterAll(() => world.close())

const tables = ['records', 'record_subjects', 'attachments', 'duty_progress', 'sums', 'closed_periods'] as const

const countFor = async (who: string, table: (typeof tables)[number]): Promise<number> => {
  const actor = await (people[who] as Someone).actor()
  const texts = {
    records: sql`select count(*)::int as n from records`,
    record_subjects: sql`select count(*)::int as n from record_subjects`,
    attachments: sql`select count(*)::int as n from attachments`,
    duty_progress: sql`select count(*)::int as n from duty_progress`,
    sums: sql`select count(*)::int as n from sums`,
    closed_periods: sql`select count(*)::int as n from closed_periods`,
  }
  const [row] = await world.program.services.door.readAsActor<{ n: number }>(actor, texts[table])
  return row?.n ?? -1
}

test.each(tables)('nobody of another school or another class sees a row of %s, and the row is there', async (table) => {
  const { rows } = await world.owner.query(`select count(*)::int as n from ${table}`)
  expect(rows[0].n).toBeGreaterThan(0)
  expect(await countFor('officer', table)).toBe(rows[0].n)
  expect(await countFor('county', table)).toBe(rows[0].n)
  expect(await countFor('stranger', table)).toBe(0)
  // Figures of the own school are no secret among its teachers; names and deeds are.
  if (table !== 'sums') expect(await countFor('otherTeacher', table)).toBe(0)
})

test('a record above one’s level is absent, and so is the progress it moved', async () => {
  expect(await countFor('teacher', 'records')).toBe(1)
  expect(await countFor('officer', 'records')).toBe(2)
  expect(await countFor('psychologist', 'records')).toBe(0)
  const { rows } = await world.owner.query('select count(*)::int as n from duty_progress where secrecy = 6')
  expect(rows[0].n).toBeGreaterThan(0)
  const all = await countFor('officer', 'duty_progress')
  expect(await countFor('teacher', 'duty_progress')).toBe(all - rows[0].n)
})

test('a person barred from a child sees nothing of it, and does once more when the bar falls', async () => {
  const teacher = people.teacher as Someone
  const actor = await teacher.actor()
  const barred = { ...actor, settings: { ...actor.settings, barred: `{${child.id}}` } }
  const count = async (as: typeof actor) =>
    (
      await world.program.services.door.readAsActor<{ n: number }>(
        as,
        sql`select count(*)::int as n from record_subjects`,
      )
    )[0]?.n
  expect(await count(barred)).toBe(0)
  expect(await count(actor)).toBe(1)
})

test.each([
  ['progress', sql`update duty_progress set met = true`],
  ['figures', sql`update sums set met = need`],
  ['what counts', sql`update record_subjects set current = false`],
  ['content', sql`update records set coded = '{}'`],
])('nobody changes %s by hand', async (_, statement) => {
  const actor = await (people.officer as Someone).actor()
  await expect(world.program.services.door.asActor(actor, (db) => db.change(statement))).rejects.toMatchObject({
    code: '42501',
  })
})
