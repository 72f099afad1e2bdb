import { uuidv7 } from 'uuidv7'
import type { PlainDate } from '#contract/platform'
import { type FactType, facts } from '#contract/students'
import { type Actor, type Db, raw, type Secrets, sql } from '#server/platform'

/** A move of a case about one student, decided now. */
export interface Decided {
  /** Id of the step, made by the writer. */
  readonly id: string
  readonly caseId: string
  readonly studentId: string
  readonly from: string
  readonly to: string
  /** Coded outcome; no free text. */
  readonly payload: Readonly<Record<string, string | number>>
}

export interface Deed {
  readonly schoolId: string
  readonly flow: string
  readonly move: string
  readonly secrecy: number
  readonly final: boolean
  readonly by: Pick<Actor, 'personId' | 'name'>
  readonly reason: string | null
}

/** Opens cases or moves them on, and writes the steps; steps are never changed. As the importer. */
export const writeSteps = async (db: Db, secrets: Secrets, deed: Deed, decided: readonly Decided[]): Promise<void> => {
  const rows = JSON.stringify(decided)
  const sealed = deed.reason?.trim() ? secrets.seal(deed.reason.trim()) : null
  await db.change(sql`insert into flow_cases (school_id, id, flow, student_id, scope, place, secrecy, state, opened_by, closed_at, payload)
    select s.school_id, d."caseId", ${deed.flow}, s.id, s.scope, s.scope, ${deed.secrecy}, d."to", ${deed.by.personId},
      case when ${deed.final} then now() end, d.payload
    from jsonb_to_recordset(${rows}::jsonb) as d ("caseId" uuid, "studentId" uuid, "to" text, payload jsonb)
      join students s on s.school_id = ${deed.schoolId} and s.id = d."studentId"
    on conflict (school_id, id) do update set state = excluded.state, version = flow_cases.version + 1,
      closed_at = excluded.closed_at, payload = excluded.payload`)
  await db.change(sql`insert into flow_steps (school_id, case_id, number, id, flow, student_id, scope, secrecy, move,
      from_state, to_state, actor_id, actor_name, reason_cipher)
    select c.school_id, c.id, c.version, d.id, c.flow, c.student_id, c.scope, c.secrecy, ${deed.move}, d."from", d."to",
      ${deed.by.personId}, ${deed.by.name}, ${sealed}
    from jsonb_to_recordset(${rows}::jsonb) as d (id uuid, "caseId" uuid, "from" text, "to" text)
      join flow_cases c on c.school_id = ${deed.schoolId} and c.id = d."caseId"`)
}

/** Whether a step of this id was written before: sending twice decides once. */
export const isWritten = async (db: Db, schoolId: string, stepId: string): Promise<boolean> =>
  (await db.first(sql`select 1 as known from flow_steps where school_id = ${schoolId} and id = ${stepId}`)) !==
  undefined

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
