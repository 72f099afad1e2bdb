import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { type closePanel as declared, moveOf, panelResult, tallyOf, whyNotClose, whyNotMove } from '#contract/flows'
import { type AnswerOf, type BodyOf, forbidden, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { readContents } from './content.ts'
import { panelSeatsOf } from './desks.ts'
import type { Engine } from './engine.ts'
import { holdCases } from './find-case.ts'
import { findPanel, stateOfPanel } from './find-panel.ts'
import { backAfterwards, shutOutAsCase } from './panel-asides.ts'
import {
  asideOf,
  holdPanel,
  type Judged,
  type Panel,
  readAsides,
  readBallots,
  readJudged,
  readSeats,
} from './panel-held.ts'
import type { Case } from './procedure.ts'
import { writeMoves } from './write-moves.ts'

const closed = () => new Refusal('flows.panel-closed', '评议已经结束,结果不能再更改。')

/** What stands before the panel when it closes, each case with what the ballots came to. */
const readStanding = async (db: Db, panel: Panel) => {
  const [seats, asides, ballots, judged] = await Promise.all([
    readSeats(db, panel.id),
    readAsides(db, panel.id),
    readBallots(db, panel.id),
    readJudged(db, panel.id),
  ])
  const live = judged.filter(({ state }) => state === panel.state)
  const cases = live.map((one) => {
    const cast = ballots.get(one.caseId) ?? []
    const aside = asideOf(asides, one.caseId)
    const result = panelResult(seats, aside, cast, panel)
    const choice = result.kind === 'agreed' ? result.choice : one.tiedChoice
    return { ...one, aside, result, choice, cast, decided: one.tiedChoice !== null }
  })
  return { seats, asides, cases }
}

type Standing = Awaited<ReturnType<typeof readStanding>>
type Decided = Standing['cases'][number]

const votesOf = ({ cast }: Decided): Record<string, number> => {
  const { votes, abstained } = tallyOf(cast)
  return { ...Object.fromEntries(votes), abstained }
}

// Who voted how is not in the minutes: how many for what, who was present, who stood aside and why the chair decided.
const minutesOf = (
  engine: Engine,
  panel: Panel,
  { seats, asides, cases }: Standing,
  by: string,
  text: string,
): string =>
  JSON.stringify({
    panel: panel.id,
    unit: panel.unitName,
    label: panel.label,
    convenedAt: panel.convenedAt,
    closedAt: engine.now().toISOString(),
    closedBy: by,
    members: seats.map(({ seat, name, side, chair, present }) => ({ seat, name, side, chair, present })),
    cases: cases.map((one) => ({
      number: one.number,
      caseId: one.caseId,
      aside: (asides.get(one.caseId) ?? []).map(({ seat, why }) => ({ seat, why })),
      votes: votesOf(one),
      choice: one.choice,
      tied: one.result.kind === 'tied',
      chairWrote: one.tiedReason ? engine.services.secrets.open(one.tiedReason) : null,
    })),
    text,
  })

const seal = async (db: Db, engine: Engine, panel: Panel, me: Actor, minutes: string): Promise<string> => {
  const sha256 = createHash('sha256').update(minutes).digest()
  const at = engine.now()
  await db.change(sql`insert into flow_panel_minutes (panel_id, minutes_cipher, minutes_sha256, closed_by, closed_by_name, closed_at)
    values (${panel.id}, ${engine.services.secrets.seal(minutes)}, ${sha256}, ${me.personId}, ${me.name}, ${at})`)
  await db.change(sql`update flow_panels set closed_at = ${at} where id = ${panel.id}`)
  await db.change(sql`update flow_panel_members set sits = false where panel_id = ${panel.id}`)
  return sha256.toString('hex')
}

const storeResults = (db: Db, engine: Engine, panel: Panel, decided: readonly Decided[]): Promise<number> => {
  const rows = decided.map((one) => ({ caseId: one.caseId, choice: one.choice, votes: votesOf(one) }))
  return db.change(sql`update flow_panel_cases j set result = n.choice, votes = n.votes, closed_at = ${engine.now()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n ("caseId" uuid, choice smallint, votes jsonb)
    where j.panel_id = ${panel.id} and j.case_id = n."caseId"`)
}

interface Going {
  readonly one: Decided
  readonly standing: Case
}

// In order of schools and ids, as everybody holds them; what moved meanwhile (withdrawn) stays where it is.
const holdAll = async (db: Db, panel: Panel, cases: readonly Decided[]): Promise<Going[]> => {
  const going: Going[] = []
  for (const schoolId of [...new Set(cases.map((one) => one.schoolId))].sort()) {
    const mine = new Map(cases.flatMap((one) => (one.schoolId === schoolId ? [[one.caseId, one] as const] : [])))
    for (const standing of await holdCases(db, schoolId, [...mine.keys()])) {
      const one = mine.get(standing.id)
      if (one && standing.panelId === panel.id && standing.state === panel.state) going.push({ one, standing })
    }
  }
  return going
}

// As the chair, by the move the table names; those that came to the same go on together.
const carryOn = async (db: Db, engine: Engine, panel: Panel, me: Actor, { seats, asides, cases }: Standing) => {
  const procedure = engine.procedureOf(panel.flow)
  const closes = stateOfPanel(engine, panel)?.closes ?? ''
  const going = await holdAll(db, panel, cases)
  const alike = ({ one, standing }: Going) =>
    [one.schoolId, standing.place, one.choice, one.tiedReason ? one.caseId : ''].join(' ')
  for (const group of Map.groupBy(going, alike).values()) {
    const { one, standing } = group[0] as Going
    const { flow, passed } = engine.ruledAt(procedure, standing.place)
    const move = typeof closes === 'string' ? closes : (closes[one.choice as number] ?? '')
    const attempt = { state: standing.state, move, roles: ['panel-chair'], reason: '评议结果' }
    const refusal = whyNotMove(flow, attempt)
    if (refusal) throw refusal
    const ids = group.map((each) => each.standing.id)
    const contents = await readContents(db, engine.services.secrets, one.schoolId, ids)
    const moving = group.map(({ standing: before }) => {
      const back = backAfterwards(asides.get(before.id) ?? [], seats)
      const excluded = before.excluded.filter((person) => !back.includes(person))
      return { case: { ...before, excluded }, before, stepId: uuidv7(), content: contents.get(before.id) ?? {} }
    })
    const reason = reasonOf(engine, one)
    const deed = { procedure, flow, passed, move: moveOf(flow, move), by: me, late: false, reason }
    await writeMoves(db, engine, { ...deed, fields: { choice: one.choice as number } }, moving)
    for (const { before, case: after } of moving)
      if (after.excluded.length < before.excluded.length) await shutOutAsCase(db, before.schoolId, before.id)
  }
}

const reasonOf = (engine: Engine, one: Pick<Judged, 'tiedReason'>): string | null =>
  one.tiedReason ? engine.services.secrets.open(one.tiedReason) : null

/**
 * Closes a sitting: results are fixed, minutes sealed with their digest on the audit log, and every case goes on, all in
 * one transaction. Afterwards nothing of it can be changed. [C19]
 * Refuses `flows.panel-not-keeper`, `.panel-closed`, `.needs-quorum`, `.panel-waiting`, `.panel-tied`, not-found.
 */
export const closePanel = async (
  engine: Engine,
  actor: Actor,
  { panelId }: ParamsOf<typeof declared>,
  { minutes }: BodyOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const { me, panel: seen, keeps } = await findPanel(engine, actor, panelId)
  if (seen.closedAt && keeps) throw closed()
  return engine.services.door.asJob('importer', async (db) => {
    if (engine.procedureOf(seen.flow).holdsSchool)
      await lockSchools(db, [...new Set((await readJudged(db, panelId)).map(({ schoolId }) => schoolId))].sort())
    const panel = await holdPanel(db, panelId)
    if (panel.closedAt) throw closed()
    const standing = await readStanding(db, panel)
    // While the chair is away whoever keeps the panel may close it.
    const isAway = keeps && standing.seats.some(({ chair, present }) => chair && !present)
    if (!isAway && !panelSeatsOf(me).chairs.includes(panelId))
      throw forbidden('flows.panel-not-chair', '评议由组长结束。')
    const refusal = whyNotClose(standing.cases)
    if (refusal) throw refusal
    const sha256 = await seal(db, engine, panel, me, minutesOf(engine, panel, standing, me.name, minutes))
    await storeResults(db, engine, panel, standing.cases)
    await carryOn(db, engine, panel, me, standing)
    await audit(db, {
      actorId: me.personId,
      action: 'flows.close-panel',
      outcome: 'done',
      scope: panel.unitPath,
      subject: panelId,
      detail: { cases: standing.cases.length, minutes: sha256 },
    })
    return { cases: standing.cases.length, sha256 }
  })
}
