import { type Actor, type Db, type Secrets, sql } from '#server/platform'

/** A move of a case about one student, decided now. */
export interface DirectStep {
  /** Id of the step, made by the writer. */
  readonly id: string
  readonly caseId: string
  readonly studentId: string
  readonly from: string
  readonly to: string
  /** Coded outcome; no free text. */
  readonly payload: Readonly<Record<string, string | number>>
}

export interface DirectDeed {
  readonly schoolId: string
  readonly flow: string
  readonly move: string
  readonly secrecy: number
  readonly final: boolean
  readonly by: Pick<Actor, 'personId' | 'name'>
  readonly reason: string | null
}

/**
 * Opens cases or moves them on by a decision taken in one act by a screen of its own (a level confirmed directly, a list
 * of five hundred), and writes the steps; nothing waits afterwards. As the importer, after the caller asked who may.
 */
export const writeDirectSteps = async (
  db: Db,
  secrets: Secrets,
  deed: DirectDeed,
  decided: readonly DirectStep[],
): Promise<void> => {
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
  // What waited of the case under its procedure is settled by the decision.
  await closeTasks(
    db,
    deed.schoolId,
    decided.map(({ caseId }) => caseId),
  )
}

/** Takes cases that were settled elsewhere off every desk. As the importer. */
export const closeTasks = (db: Db, schoolId: string, caseIds: readonly string[]): Promise<number> =>
  db.change(sql`update flow_tasks set closed_at = now()
    where school_id = ${schoolId} and case_id = any(${caseIds}::uuid[]) and box = 1 and closed_at is null`)

/** Whether a step of this id was written before: sending twice decides once. */
export const isWritten = async (db: Db, schoolId: string, stepId: string): Promise<boolean> =>
  (await db.first(sql`select 1 as known from flow_steps where school_id = ${schoolId} and id = ${stepId}`)) !==
  undefined
