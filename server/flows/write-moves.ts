import { type Flow, type Move, stateOf } from '#contract/flows'
import type { Refusal } from '#contract/platform'
import { audit, type Db, raw, sql } from '#server/platform'
import { type CaseMoved, casesMoved } from './case-moved.ts'
import { clockPerson } from './clock-person.ts'
import type { Engine } from './engine.ts'
import { type Deed, type Entered, enter, type Moving } from './enter-state.ts'
import { findPlaces, type Placed, writeTasks } from './place-tasks.ts'
import type { Case, Doer, Filled } from './procedure.ts'

const actingForOf = (by: Doer, place: string): { readonly id: string; readonly name: string } | undefined => {
  const held = by.posts.find((post) => post.onBehalfOf && place.startsWith(post.unitPath))
  return held?.onBehalfOf
}

const codedOf = (move: Move, fields: Filled): Filled =>
  Object.fromEntries(Object.entries(fields).filter(([id]) => !isSealed(move, id)))

const isSealed = (move: Move, id: string): boolean => move.fields?.find((field) => field.id === id)?.encrypted !== false

const sealedOf = (move: Move, fields: Filled): Filled =>
  Object.fromEntries(Object.entries(fields).filter(([id]) => isSealed(move, id)))

const writeSteps = async (db: Db, engine: Engine, deed: Deed, entered: readonly Entered[]): Promise<void> => {
  const { move, by, reason, fields } = deed
  const { secrets } = engine.services
  const sealedFields = sealedOf(move, fields)
  const first = entered[0] as Entered
  const rows = entered.map(({ case: one, before, stepId }) => {
    const behalf = actingForOf(by, one.place)
    const acting = { actingFor: behalf?.id ?? null, actingForName: behalf?.name ?? null }
    return { stepId, caseId: one.id, from: before.state, to: one.state, version: one.version, ...acting }
  })
  await db.change(sql`insert into flow_steps (school_id, case_id, number, id, flow, student_id, scope, secrecy, move, from_state,
      to_state, actor_id, actor_name, at, reason_cipher, excluded, acting_for, acting_for_name, late, coded, fields_cipher)
    select c.school_id, c.id, s.version, s."stepId", c.flow, c.student_id, c.scope, c.secrecy, ${move.id}, s."from", s."to",
      ${by.personId}, ${by.name}, ${engine.now()}, ${reason?.trim() ? secrets.seal(reason.trim()) : null}, c.excluded,
      s."actingFor", s."actingForName", ${deed.late}, ${JSON.stringify(codedOf(move, fields))},
      ${Object.keys(sealedFields).length > 0 ? secrets.seal(JSON.stringify(sealedFields)) : null}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s ("stepId" uuid, "caseId" uuid, "from" text, "to" text, version int,
        "actingFor" uuid, "actingForName" text)
      join flow_cases c on c.school_id = ${first.case.schoolId} and c.id = s."caseId"`)
}

type Kept =
  | 'payload'
  | 'place'
  | 'assigned'
  | 'excluded'
  | 'panelId'
  | 'roundId'
  | 'applicantId'
  | 'studentId'
  | 'scope'

/** Columns beside the state that a move may change; written only where one of the cases differs from before. */
const columns: Readonly<Record<Kept, readonly [column: string, type: string]>> = {
  payload: ['payload', 'jsonb'],
  place: ['place', 'text'],
  assigned: ['assigned', 'uuid[]'],
  excluded: ['excluded', 'uuid[]'],
  panelId: ['panel_id', 'uuid'],
  roundId: ['round_id', 'uuid'],
  applicantId: ['applicant_id', 'uuid'],
  studentId: ['student_id', 'uuid'],
  scope: ['scope', 'text'],
}

const differs = ({ case: one, before }: Entered, field: Kept): boolean =>
  one[field] !== before[field] && JSON.stringify(one[field]) !== JSON.stringify(before[field])

// One writing of each row: state, clock, desks, and what follows from the move.
const writeCases = (db: Db, flow: Flow, entered: readonly Entered[], placed: PlacedOf): Promise<number> => {
  const first = entered[0] as Entered
  const fields = (Object.keys(columns) as Kept[]).filter((field) => entered.some((one) => differs(one, field)))
  const rows = entered.map(({ case: one }) => ({
    id: one.id,
    state: one.state,
    version: one.version,
    final: stateOf(flow, one.state)?.final === true,
    due: placed.get(one.id)?.dueAt ?? null,
    desks: placed.get(one.id)?.desks ?? [],
    ...Object.fromEntries(fields.map((field) => [columns[field][0], one[field]])),
  }))
  const set = raw(fields.map((field) => `, ${columns[field][0]} = n.${columns[field][0]}`).join(''))
  const typed = raw(fields.map((field) => `, ${columns[field].join(' ')}`).join(''))
  const at = first.case.enteredAt
  return db.change(sql`update flow_cases c set state = n.state, version = n.version, entered_at = ${at}::timestamptz, due_at = n.due,
      closed_at = case when n.final then ${at}::timestamptz end, desks = n.desks${set}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, state text, version int, final boolean, due timestamptz,
      desks text[]${typed})
    where c.school_id = ${first.case.schoolId} and c.id = n.id`)
}

const closeTasks = (db: Db, engine: Engine, entered: readonly Entered[]): Promise<number> => {
  const first = entered[0] as Entered
  return db.change(sql`update flow_tasks set closed_at = ${engine.now()}
    where school_id = ${first.case.schoolId} and case_id = any(${entered.map(({ case: one }) => one.id)}::uuid[])
      and box = 1 and closed_at is null`)
}

type PlacedOf = ReadonlyMap<string, Placed>

const placesOf = async (db: Db, engine: Engine, { flow }: Deed, entered: readonly Entered[]): Promise<PlacedOf> => {
  const today = engine.services.today()
  const cases = entered.map(({ case: one }) => one)
  const groups = [...Map.groupBy(cases, ({ state }) => state)]
  const placed = await Promise.all(groups.map(([state, group]) => findPlaces(db, flow, state, group, today)))
  return new Map(placed.flatMap((one) => [...one]))
}

const newsOf = (deed: Deed, entered: readonly Entered[], placed: PlacedOf): CaseMoved[] =>
  entered.map(({ case: one, before }) => ({
    schoolId: one.schoolId,
    caseId: one.id,
    flow: one.flow,
    studentId: one.studentId,
    scope: one.scope,
    secrecy: one.secrecy,
    move: deed.move.id,
    from: before.state,
    to: one.state,
    actorId: deed.by.personId,
    applicantId: one.applicantId ?? one.openedBy,
    desks: placed.get(one.id)?.desks ?? [],
    excluded: one.excluded,
  }))

// The path all stand at or below: an entry of many classes is the school's.
const commonPath = (paths: readonly string[]): string =>
  paths.reduce((shared, path) => {
    let same = 0
    while (same < shared.length && shared[same] === path[same]) same++
    return same === shared.length ? shared : shared.slice(0, shared.lastIndexOf('.', same - 1) + 1)
  })

/**
 * Carries out a move on cases held by this transaction: what follows from it, the new state, the append-only step, the
 * tasks closed and laid on the next desks, the audit entry, the news. Statements do not grow with the number of cases. As
 * the importer; all cases of one school. A case that may not go on is put into `refused`, or its refusal is thrown where
 * nobody asks for those.
 */
export const writeMoves = async (
  db: Db,
  engine: Engine,
  deed: Deed,
  moving: readonly Moving[],
  refused?: Map<string, Refusal>,
): Promise<readonly Case[]> => {
  if (moving.length === 0) return []
  const entered = await enter(db, engine, deed, moving, refused)
  const first = entered[0]
  if (!first) return []
  const placed = await placesOf(db, engine, deed, entered)
  const cases = entered.map(({ case: one }) => one)
  // What nobody reaches stays out of reach in the log as well: its root can be exported, no auditor reads of it.
  const places = cases.map((one) => (deed.flow.seenBy === 'desk' ? one.scope : one.place))
  // Sent one after another without waiting; should one fail, the transaction is over.
  await Promise.all([
    writeCases(db, deed.flow, entered, placed),
    writeSteps(db, engine, deed, entered),
    closeTasks(db, engine, entered),
    writeTasks(db, cases, placed),
    audit(db, {
      actorId: deed.by.personId === clockPerson ? null : deed.by.personId,
      action: 'flows.move-case',
      outcome: 'done',
      scope: commonPath(places),
      schoolId: first.case.schoolId,
      subject: cases.length === 1 ? first.case.id : null,
      detail: { flow: deed.flow.id, move: deed.move.id, count: cases.length },
    }),
  ])
  await engine.services.events.announce(db, casesMoved, { moves: newsOf(deed, entered, placed) })
  return cases
}
