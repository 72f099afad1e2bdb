import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '#server/platform'
import { decideAs } from './decide-match.ts'
import { openSealedRows } from './sealed-rows.ts'
import { fixtures, openCounty, type TestCounty, workbooks } from './test-county.ts'

interface Truth {
  readonly students: number
  readonly rows: Record<string, number>
  readonly faults: Record<string, string[]>
  readonly expect: Record<
    'dibaoStudents' | 'disabled' | 'orphans' | 'deFacto' | 'leftBehind' | 'migrant' | 'psychRed',
    number
  > & {
    bySchool: Record<string, number>
  }
}

const truth = JSON.parse(readFileSync(join(fixtures, 'truth.json'), 'utf8')) as Truth

let county: TestCounty
const reports = new Map<string, Awaited<ReturnType<TestCounty['bring']>>>()

beforeAll(async () => {
  county = await openCounty()
  for (const file of workbooks) reports.set(file.slice(0, 2), await county.bring(file))
})
afterAll(() => county?.close())

const report = (number: string) => {
  const found = reports.get(number)
  if (!found) throw new Error(number)
  return found
}

const inCounty = `scope ^@ 'a.t.n.'`
const many = async (text: string): Promise<number> => {
  const [row] = await county.rows<{ many: number }>(text)
  return row?.many ?? -1
}

describe('the roster agrees with the truth', () => {
  test('[T2] every student once, in the right school', async () => {
    expect(report('01').rows).toBe(truth.rows.roster)
    expect(report('01').new).toBe(truth.students)
    const schools = await county.rows<{ name: string; many: number }>(
      `select u.name, count(*)::int as many from students s join units u on u.id = s.school_id where s.${inCounty} group by 1`,
    )
    expect(Object.fromEntries(schools.map(({ name, many: count }) => [name, count]))).toEqual(truth.expect.bySchool)
  })

  const planted: [string, string][] = [
    ['missingId', 'missing-id-number'],
    ['exactDuplicateRow', 'duplicate.exact'],
    ['sexContradictsId', 'sex.contradicts-id'],
    ['impossibleDate', 'date.impossible'],
    ['sameIdOtherName', 'duplicate.other-name'],
    ['badCheckDigit', 'id-number.check-digit'],
  ]
  test.each(planted)('[X7] each planted %s is reported once, on its row', async (name, code) => {
    const { importId, refused } = report('01')
    const rows = refused.filter((fault) => fault.code === code).map(({ row }) => row)
    expect(new Set(rows).size).toBe(rows.length)
    const numbers = await county.importing.services.door.asJob('importer', async (db) => {
      const kept = await db.rows<{ row: number; block: number }>(
        sql`select row, block from import_rows where import_id = ${importId} and row = any(${rows}::int[])`,
      )
      const sealedOf = await openSealedRows(db, county.importing.services.secrets, importId, kept)
      return kept.map(({ row }) =>
        sealedOf(row)
          .cells.map((cell) => cell.trim())
          .find((cell) => /^20\d{8}$/.test(cell)),
      )
    })
    expect(numbers.sort()).toEqual([...(truth.faults[name] ?? [])].sort())
  })

  test('[X7] beside the planted faults only births that contradict the identity number are reported', () => {
    const codes = new Set(planted.map(([, code]) => code))
    const others = report('01').refused.filter(({ code }) => !codes.has(code as never))
    expect(new Set(others.map(({ code }) => code))).toEqual(new Set(['birth-date.contradicts-id']))
  })

  test('[T2] left-behind and migrant children are as many as there are', async () => {
    expect(await many(`select count(*)::int as many from facts_family where ${inCounty} and left_behind > 0`)).toBe(
      truth.expect.leftBehind,
    )
    expect(await many(`select count(*)::int as many from facts_family where ${inCounty} and migrant_child`)).toBe(
      truth.expect.migrant,
    )
  })

  test('an identity number and a phone of the workbook stand nowhere in plain text, in any table', async () => {
    const secret = ['329901201807120046', '19957436741'].flatMap((text) => [text, Buffer.from(text).toString('hex')])
    const tables = await county.rows<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
    expect(tables.length).toBeGreaterThan(40)
    for (const { name } of tables) {
      const found = await county.rows(`select 1 from ${name} t where t::text ~ $1 limit 1`, [secret.join('|')])
      expect([name, found.length]).toEqual([name, 0])
    }
    const named = await county.rows(`select 1 from students t where t::text ~ '孙嫣瑶'`)
    expect(named).toHaveLength(1)
  })
})

describe('lists of departments agree with the truth', () => {
  test('[X7] the 低保 list finds all its students: the sure ones at once, those under another name for a person to decide', async () => {
    const { rows, matched, doubtful, importId } = report('02')
    expect(rows).toBe(truth.rows['02-民政局低保对象名单.xlsx'])
    expect(matched + doubtful).toBe(truth.expect.dibaoStudents)
    expect(doubtful).toBe(truth.faults.dibaoOtherName?.length)
    const waiting = await county.rows<{ number: string }>(
      `select st.number from import_matches m join students st on st.school_id = m.school_id and st.id = m.student_id
       where m.import_id = $1 and m.verdict = 'doubtful'`,
      [importId],
    )
    expect(waiting.map(({ number }) => number).sort()).toEqual([...(truth.faults.dibaoOtherName ?? [])].sort())
    const withoutId = await county.rows<{ number: string }>(
      `select st.number from import_matches m join students st on st.school_id = m.school_id and st.id = m.student_id
       where m.import_id = $1 and m.verdict = 'sure' and not ('身份证号相同' = any(m.reasons))`,
      [importId],
    )
    expect(withoutId.map(({ number }) => number)).toEqual(expect.arrayContaining(truth.faults.dibaoWithoutId ?? []))
  })

  test('[X7] who is on the list is yes, who is not is no, and who may be is unknown', async () => {
    const said = await county.rows<{ dibao: boolean | null; many: number }>(
      `select g.dibao, count(*)::int as many from students s left join facts_groups g on g.school_id = s.school_id and g.student_id = s.id
       where s.${inCounty} group by 1`,
    )
    const counts = new Map(said.map(({ dibao, many: count }) => [dibao, count]))
    expect(counts.get(true)).toBe(report('02').matched)
    expect(counts.get(null)).toBe(report('02').doubtful)
    expect(counts.get(false)).toBe(truth.students - truth.expect.dibaoStudents)
  })

  test('disability, orphans and screening agree', async () => {
    expect(await many(`select count(*)::int as many from facts_health where ${inCounty} and disability_kind > 0`)).toBe(
      truth.expect.disabled,
    )
    expect(await many(`select count(*)::int as many from facts_groups where ${inCounty} and orphan`)).toBe(
      truth.expect.orphans,
    )
    expect(await many(`select count(*)::int as many from facts_groups where ${inCounty} and de_facto_unattended`)).toBe(
      truth.expect.deFacto,
    )
    expect(
      await many(`select count(*)::int as many from facts_psychology where ${inCounty} and screening_level = 4`),
    ).toBe(truth.expect.psychRed)
  })

  test('every pupil of the monitoring list is found', () => {
    expect(report('04').matched).toBe(truth.rows['04-乡村振兴监测对象名单.xlsx'])
  })

  test('not among those screened is not asked: nobody becomes normal by absence', async () => {
    expect(
      await many(
        `select count(*)::int as many from facts_psychology where ${inCounty} and screening_level is not null`,
      ),
    ).toBe(truth.rows.psych)
  })

  test('results, absences and last year’s visits are all matched', async () => {
    expect(report('08').matched).toBe(truth.rows.exam)
    expect(report('09').matched).toBe(truth.rows.absent)
    expect(report('10').matched).toBe(truth.rows.visits)
    expect(await many(`select count(*)::int as many from facts_schooling where ${inCounty} and not_registered`)).toBe(
      truth.rows.absent,
    )
    expect(
      await many(`select count(*)::int as many from facts_schooling where ${inCounty} and not_registered = false`),
    ).toBe(truth.students - (truth.rows.absent ?? 0))
    expect(await many(`select count(*)::int as many from records r where r.${inCounty}`)).toBe(truth.rows.visits)
    expect(await many(`select count(*)::int as many from record_subjects r where r.${inCounty} and current`)).toBe(
      truth.rows.visits,
    )
  })

  test('[T7] staff hold the posts their list names and may act at once', async () => {
    const posts = await county.rows<{ post: string; many: number }>(
      `select post, count(*)::int as many from appointments a where a.${inCounty} group by 1`,
    )
    const byPost = Object.fromEntries(posts.map(({ post, many: count }) => [post, count]))
    expect(byPost.principal).toBe(10)
    expect(byPost['school-aid-officer']).toBe(10)
    expect(byPost['class-teacher']).toBeGreaterThan(60)
    expect(
      await many(
        `select count(*)::int as many from actor_settings s join people p on p.id = s.person_id where p.${inCounty}`,
      ),
    ).toBe(truth.rows.staff)
  })
})

describe('the same again', () => {
  const tables = [
    'units',
    'students',
    'student_particulars',
    'name_pieces',
    'student_contacts',
    'people',
    'appointments',
    'fact_sources',
    'facts',
    'facts_general',
    'facts_family',
    'facts_groups',
    'facts_health',
    'facts_psychology',
    'facts_schooling',
    'records',
    'record_subjects',
    'class_spells',
  ]
  const digest = async () => {
    const sums: Record<string, string> = {}
    for (const table of tables) {
      const [row] = await county.rows<{ sum: string }>(
        `select md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`,
      )
      sums[table] = row?.sum ?? ''
    }
    return sums
  }

  test('[X7] the same file twice changes nothing, in any table', async () => {
    const before = await digest()
    for (const file of workbooks) {
      const again = await county.bring(file)
      expect([file, again.new, again.changed]).toEqual([file, 0, 0])
    }
    expect(await digest()).toEqual(before)
  })
})

describe('doubtful matches', () => {
  test('[X7] a person’s yes and no apply at once, and every student of the list is found in the end', async () => {
    const { importId } = report('02')
    const waiting = await county.rows<{ row: number; student_id: string }>(
      `select row, student_id from import_matches where import_id = $1 and verdict = 'doubtful' order by row`,
      [importId],
    )
    const [first, ...rest] = waiting
    const by = { id: '00000000-0000-7000-8000-000000000009' }
    await decideAs(county.importing, by, importId, [{ row: first?.row ?? 0, studentId: null }])
    await decideAs(
      county.importing,
      by,
      importId,
      rest.map(({ row, student_id }) => ({ row, studentId: student_id })),
    )
    expect(await many(`select count(*)::int as many from facts_groups where ${inCounty} and dibao`)).toBe(
      truth.expect.dibaoStudents - 1,
    )
    expect(await many(`select count(*)::int as many from facts_groups where ${inCounty} and dibao is null`)).toBe(0)
    const again = await decideAs(county.importing, by, importId, [
      { row: first?.row ?? 0, studentId: first?.student_id ?? '' },
    ])
    expect(again.applied).toBe(0)
  })

  test('[X7] the same list handed in again asks nothing that was answered, and every answer stands', async () => {
    const classes = () =>
      county.rows(`select student_id, dibao from facts_groups where ${inCounty} order by student_id`)
    const before = await classes()
    const file = workbooks.find((name) => name.startsWith('02')) ?? ''
    const second = await county.bring(file)
    expect([second.new, second.changed, second.doubtful]).toEqual([0, 0, 0])
    expect(second.matched).toBe((truth.expect.dibaoStudents ?? 0) - 1)
    expect(await classes()).toEqual(before)
  })
})
