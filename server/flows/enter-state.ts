import { type Flow, type Move, targetOf } from '#contract/flows'
import { Refusal } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import type { Engine } from './engine.ts'
import { panelPassedOver } from './panel-rule.ts'
import type { Case, Change, Doer, Filled, FollowedMany, MadeMany, Procedure } from './procedure.ts'

/** A move on one or many cases of one flow, already found allowed. */
export interface Deed {
  readonly procedure: Procedure
  readonly flow: Flow
  readonly passed: ReadonlySet<string>
  readonly move: Move
  readonly by: Doer
  readonly reason: string | null
  readonly fields: Filled
  readonly late: boolean
}

/** One case with the id of its step and what was filled in with the request. */
export interface Moving {
  readonly case: Case
  /** As it is stored, where the caller changed something of it already. */
  readonly before?: Case
  readonly stepId: string
  readonly content: Filled
}

/** A case as it stands after the move, not written yet. */
export interface Entered {
  readonly case: Case
  readonly before: Case
  readonly stepId: string
}

// A case nobody reaches stays in sight of whoever acted on it.
const assignedOf = (flow: Flow, standing: Case, change: Change | undefined, by: Doer): readonly string[] => {
  const given = change?.assigned ?? standing.assigned
  const isOutsider = by.posts.length === 0 || by.personId === standing.openedBy
  return flow.seenBy !== 'desk' || isOutsider ? given : [...new Set([...given, by.personId])]
}

const changed = (standing: Case, change: Change | undefined, to: string, at: Date): Case => ({
  ...standing,
  ...change,
  state: to,
  version: standing.version + 1,
  enteredAt: at,
  dueAt: null,
})

const passedOver = async (db: Db, engine: Engine, { procedure, passed }: Deed, cases: readonly Case[]) => {
  const skipped = (await procedure.skips?.(db, cases)) ?? new Map<string, readonly string[]>()
  const seatless = await panelPassedOver(db, engine, procedure, cases)
  return (one: Case) => new Set([...passed, ...(skipped.get(one.id) ?? []), ...(seatless.get(one.place) ?? [])])
}

// Set by set where the procedure can; else one after another, and the first refusal stops everything.
const followAll = async (db: Db, { procedure, move }: Deed, made: MadeMany): Promise<FollowedMany> => {
  const many = procedure.followMany?.[move.id]
  if (many) return many(db, made)
  const one = procedure.follow?.[move.id]
  const followed = new Map<string, Change>()
  if (!one) return followed
  const { items, ...same } = made
  for (const item of items) {
    const change = await one(db, { ...same, ...item })
    if (change) followed.set(item.case.id, change)
  }
  return followed
}

// Whom it concerns was found out only now: from here on it follows that student.
const readScopes = async (db: Db, cases: readonly Case[], followed: FollowedMany) => {
  const found = cases.flatMap(({ id, studentId, schoolId }) => {
    const change = followed.get(id)
    const other = change instanceof Refusal ? undefined : change?.studentId
    return other && other !== studentId ? [{ id, schoolId, other }] : []
  })
  if (found.length === 0) return new Map<string, string>()
  const rows = await db.rows<{ id: string; scope: string }>(sql`select n.id, s.scope
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as n (id uuid, "schoolId" uuid, other uuid)
      join students s on s.school_id = n."schoolId" and s.id = n.other`)
  return new Map(rows.map(({ id, scope }) => [id, scope]))
}

/** Where each case goes and what becomes of it; what may not go on is put into `refused` or thrown. As the importer. */
export const enter = async (
  db: Db,
  engine: Engine,
  deed: Deed,
  moving: readonly Moving[],
  refused?: Map<string, Refusal>,
): Promise<Entered[]> => {
  const { flow, move, by, reason, fields } = deed
  const cases = moving.map(({ case: one }) => one)
  const skips = await passedOver(db, engine, deed, cases)
  const at = engine.now()
  const items = moving.map((one) => ({ ...one, to: targetOf(flow, move, one.case.state, skips(one.case)) }))
  const { services, registry } = engine
  const same = { services, registry, move, by, today: services.today(), at, reason, fields }
  const followed = await followAll(db, deed, { ...same, items })
  const scopes = await readScopes(db, cases, followed)
  return items.flatMap(({ case: standing, before = standing, stepId, to }) => {
    const change = followed.get(standing.id)
    if (change instanceof Refusal) {
      if (!refused) throw change
      refused.set(standing.id, change)
      return []
    }
    const known = { ...standing, scope: scopes.get(standing.id) ?? standing.scope }
    const kept = { ...change, assigned: assignedOf(flow, standing, change, by) }
    return [{ case: changed(known, kept, to, at), before, stepId }]
  })
}
