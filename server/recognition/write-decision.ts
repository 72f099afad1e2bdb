import { uuidv7 } from 'uuidv7'
import type { PlainDate } from '#contract/platform'
import { type FactType, facts } from '#contract/students'
import { type Db, raw, sql } from '#server/platform'
import { beginHistory } from '#server/students'

const columnTypes: Readonly<Record<FactType, string>> = {
  'yes-no': 'boolean',
  code: 'smallint',
  integer: 'bigint',
  money: 'bigint',
  date: 'date',
}

// Names come from the dictionary, never from a request.
const placeOf = (fact: keyof typeof facts) => {
  const { domain, type } = facts[fact]
  return { table: raw(`facts_${domain}`), column: raw(fact), type: raw(columnTypes[type]) }
}

/**
 * Writes what was decided as a fact with its day, in place of what was known before; null says it became unknown.
 * `sourceId` is left out where the source itself would tell.
 */
export const writeFact = async (
  db: Db,
  fact: keyof typeof facts,
  told: {
    readonly schoolId: string
    readonly secrecy: number
    readonly asOf: PlainDate
    readonly validUntil: PlainDate | null
    readonly sourceId: string | null
    readonly by: string | null
  },
  values: readonly { readonly studentId: string; readonly value: number | boolean | null }[],
): Promise<void> => {
  const { table, column, type } = placeOf(fact)
  const rows = JSON.stringify(values.map((row) => ({ ...row, factId: uuidv7() })))
  const ids = values.map(({ studentId }) => studentId)
  await beginHistory(db, facts[fact].domain, [fact], {
    from: 'unnest($2::uuid[]) as who (student_id) cross join lateral (select $1::uuid as school_id, who.student_id) x',
    mentions: 'true',
    values: [told.schoolId, ids],
  })
  await db.change(sql`update facts set superseded_at = now()
    where school_id = ${told.schoolId} and student_id = any(${ids}::uuid[]) and fact = ${fact} and superseded_at is null`)
  await db.change(sql`insert into facts (school_id, id, student_id, scope, fact, secrecy, value, as_of, valid_until, source_id, recorded_by)
    select s.school_id, d."factId", s.id, s.scope, ${fact}, ${told.secrecy}, d.value, ${told.asOf}, ${told.validUntil},
      ${told.sourceId}, ${told.by}
    from jsonb_to_recordset(${rows}::jsonb) as d ("factId" uuid, "studentId" uuid, value text)
      join students s on s.school_id = ${told.schoolId} and s.id = d."studentId"`)
  await db.change(sql`insert into ${table} (school_id, student_id, scope, ${column})
    select s.school_id, s.id, s.scope, d.value::${type}
    from jsonb_to_recordset(${rows}::jsonb) as d ("studentId" uuid, value text)
      join students s on s.school_id = ${told.schoolId} and s.id = d."studentId"
    on conflict (school_id, student_id) do update set ${column} = excluded.${column}`)
}
