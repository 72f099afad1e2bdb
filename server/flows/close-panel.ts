import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { type closePanel as declared, moveOf, panelResult, tallyOf, whyNotClose, whyNotMove } from '#contract/flows'
import { type AnswerOf, type BodyOf, forbidden, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, sql } from '#server/platform'
import { lockSchools } from '#server/policies'
import { readContent } from './content.ts'
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

const storeResult = (db: Db, engine: Engine, panel: Panel, one: Decided): Promise<number> =>
  db.change(sql`update flow_panel_cases set result = ${one.choice}, votes = ${JSON.stringify(votesOf(one))}, closed_at = ${engine.now()}
    where school_id = ${one.schoolId} and panel_id = ${panel.id} and case_id = ${one.caseId}`)

// As the chair, by the move the table names; what moved meanwhile (withdrawn) stays where it is.
const carryOn = async (db: Db, engine: Engine, panel: Panel, me: Actor, { seats, asides, cases }: Standing) => {
  const procedure = engine.procedureOf(panel.flow)
  const closes = stateOfPanel(engine, panel)?.closes ?? ''
  for (const one of [...cases].sort((a, b) => `${a.schoolId}${a.caseId}`.localeCompare(`${b.schoolId}${b.caseId}`))) {
    const [standing] = await holdCases(db, one.schoolId, [one.caseId])
    if (!standing || standing.panelId !== panel.id || standing.state !== panel.state) continue
    const { flow, passed } = engine.ruledAt(procedure, standing.place)
    const move = typeof closes === 'string' ? closes : (closes[one.choice as number] ?? '')
    const refusal = whyNotMove(flow, {
      state: standing.state,
      move,
      roles: ['panel-chair'],
      reason: '评议结果',
    })
    if (refusal) throw refusal
    const back = backAfterwards(asides.get(one.caseId) ?? [], seats)
    const deed = { procedure, flow, passed, move: moveOf(flow, move), by: me, late: false }
    const content = await readContent(db, engine.services.secrets, one.schoolId, one.caseId)
    const excluded = standing.excluded.filter((person) => !back.includes(person))
    await writeMoves(db, engine, { ...deed, reason: reasonOf(engine, one), fields: { choice: one.choice as number } }, [
      { case: { ...standing, excluded }, stepId: uuidv7(), content },
    ])
    if (back.length > 0) await shutOutAsCase(db, one.schoolId, one.caseId)
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
    for (const one of standing.cases) await storeResult(db, engine, panel, one)
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
