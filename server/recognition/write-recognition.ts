import { uuidv7 } from 'uuidv7'
import { type PlainDate, schoolYearOf } from '#contract/platform'
import { type HardshipLevel, lastDayOf } from '#contract/recognition'
import { secrecyDomains } from '#contract/students'
import { type Db, sql } from '#server/platform'
import { writeFact } from './write-decision.ts'

const secrecy = secrecyDomains.family.code

/** On what a level rests. */
export type Basis = 'direct' | 'trusted-list' | 'panel'

const neutralSource: Readonly<Record<Basis, string>> = {
  direct: '学校认定',
  'trusted-list': '学校认定(名单核对)',
  panel: '学校认定(申请)',
}

/** Levels that begin on a day, decided by somebody. */
export interface Recognising {
  readonly school: { readonly id: string; readonly path: string }
  readonly basis: Basis
  readonly fromDate: PlainDate
  readonly by: { readonly personId: string; readonly name: string }
}

export interface RecognisedItem {
  readonly id: string
  readonly studentId: string
  readonly caseId: string
  readonly level: HardshipLevel
}

const writeSource = async (db: Db, { school, basis, fromDate, by }: Recognising): Promise<string> => {
  const id = uuidv7()
  await db.change(sql`insert into fact_sources (id, label, kind, unit_id, unit_path, facts, secrecy, population, replaces, as_of, recorded_by)
    values (${id}, ${neutralSource[basis]}, 'recognition', ${school.id}, ${school.path}, ${['hardship_level']}, ${secrecy},
      'listed', false, ${fromDate}, ${by.personId})`)
  return id
}

/** Writes levels until the end of the school year, and the fact with its source; cases stand already. As the importer. [C8] */
export const writeRecognised = async (
  db: Db,
  recognising: Recognising,
  items: readonly RecognisedItem[],
): Promise<void> => {
  const { school, basis, fromDate, by } = recognising
  const until = lastDayOf(fromDate)
  const sourceId = await writeSource(db, recognising)
  await db.change(sql`insert into recognitions (school_id, id, student_id, scope, level, school_year, from_date, until_date,
      basis, source_id, case_id, decided_by, decided_by_name)
    select s.school_id, d.id, s.id, s.scope, d.level, ${schoolYearOf(fromDate)}, ${fromDate}, ${until}, ${basis}, ${sourceId},
      d."caseId", ${by.personId}, ${by.name}
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as d (id uuid, "studentId" uuid, "caseId" uuid, level smallint)
      join students s on s.school_id = ${school.id} and s.id = d."studentId"`)
  await writeFact(
    db,
    'hardship_level',
    { schoolId: school.id, secrecy, asOf: fromDate, validUntil: until, sourceId, by: by.personId },
    items.map(({ studentId, level }) => ({ studentId, value: level })),
  )
}

/** Ends what stands for a student this year, for another level to take its place or for good. As the importer. */
export const endRecognised = (
  db: Db,
  key: { readonly schoolId: string; readonly studentIds: readonly string[] },
  on: PlainDate,
  reason: 'adjusted' | 'ended' | 'dishonest',
): Promise<number> =>
  db.change(sql`update recognitions set ended_on = ${on}, ended_reason = ${reason}
    where school_id = ${key.schoolId} and student_id = any(${key.studentIds}::uuid[]) and ended_on is null`)
