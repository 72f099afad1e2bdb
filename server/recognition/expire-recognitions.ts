import type { PlainDate } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { closeTasks } from '#server/flows'
import { type Db, sql } from '#server/platform'
import { lockSchools, reclassify } from '#server/policies'
import type { Deciding } from './deciding.ts'
import { writeFact } from './write-decision.ts'

interface Expired {
  readonly school_id: string
  readonly student_id: string
  readonly case_id: string
}

/**
 * Ends recognitions whose school year is over: the level becomes unknown until somebody recognises it anew. For the
 * nightly run, as the importer; answers how many. [C8]
 */
export const expireRecognitions = async (db: Db, deciding: Deciding, today: PlainDate): Promise<number> => {
  const schools = await db.rows<{ id: string }>(sql`select distinct school_id as id from recognitions
    where ended_on is null and until_date < ${today}::date order by 1`)
  const schoolIds = schools.map(({ id }) => id)
  await lockSchools(db, schoolIds)
  const expired = await db.rows<Expired>(sql`update recognitions set ended_on = until_date + 1, ended_reason = 'expired'
    where ended_on is null and until_date < ${today}::date returning school_id, student_id, case_id`)
  for (const [schoolId, rows] of Map.groupBy(expired, ({ school_id }) => school_id)) {
    await db.change(sql`update flow_cases set state = 'ended', closed_at = now()
      where school_id = ${schoolId} and id = any(${rows.map(({ case_id }) => case_id)}::uuid[])`)
    await closeTasks(
      db,
      schoolId,
      rows.map(({ case_id }) => case_id),
    )
    const standing = await db.rows<{ student_id: string }>(sql`select student_id from recognitions
      where school_id = ${schoolId} and ended_on is null and until_date >= ${today}::date`)
    const still = new Set(standing.map(({ student_id }) => student_id))
    const lapsed = rows.filter(({ student_id }) => !still.has(student_id))
    await writeFact(
      db,
      'hardship_level',
      { schoolId, secrecy: secrecyDomains.family.code, asOf: today, validUntil: null, sourceId: null, by: null },
      lapsed.map(({ student_id }) => ({ studentId: student_id, value: null })),
    )
    const studentIds = lapsed.map(({ student_id }) => student_id)
    await reclassify(db, deciding, { schoolIds: [schoolId], studentIds, on: today, back: 'importer' })
  }
  return expired.length
}
