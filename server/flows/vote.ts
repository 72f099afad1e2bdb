import {
  type castVote as castDeclared,
  decidesTie,
  panelResult,
  type decideTie as tieDeclared,
  whyNotVote,
} from '#contract/flows'
import { type BodyOf, forbidden, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, sql } from '#server/platform'
import type { Engine } from './engine.ts'
import { findPanel, stateOfPanel } from './find-panel.ts'
import { asideOf, holdPanel, type Panel, readAsides, readBallots, readJudged, readSeats } from './panel-held.ts'

const choicesOf = (engine: Engine, panel: Panel): number[] =>
  Object.keys(stateOfPanel(engine, panel)?.choices ?? {}).map(Number)

const getJudged = async (db: Db, panel: Panel, caseId: string) => {
  const judged = (await readJudged(db, panel.id)).find((one) => one.caseId === caseId)
  if (!judged) throw notFound()
  if (!panel.closedAt && judged.state !== panel.state)
    throw new Refusal('flows.out-of-order', '这件事已经撤回或退回,不再评议。')
  return judged
}

/**
 * Takes one ballot on one case: by the member, or by whoever keeps the panel for a seat without an account. One each; two
 * at the same moment count once. [C19] Refuses `flows.panel-closed`, `.panel-absent`, `.panel-voted`, `.panel-choice`, not-found.
 */
export const castVote = async (
  engine: Engine,
  actor: Actor,
  { panelId, caseId }: ParamsOf<typeof castDeclared>,
  { seat, choice }: BodyOf<typeof castDeclared>,
): Promise<Record<string, never>> => {
  const { me, panel: seen, keeps } = await findPanel(engine, actor, panelId)
  return engine.services.door.asJob('importer', async (db) => {
    const panel = await holdPanel(db, seen.id)
    await getJudged(db, panel, caseId)
    const member = (await readSeats(db, panelId)).find((one) => one.seat === seat)
    const isMine = member?.personId === me.personId
    const refusal = whyNotVote(
      {
        member: isMine || (keeps && member && !member.account) ? member : undefined,
        isAside: asideOf(await readAsides(db, panelId), caseId).has(seat),
        hasVoted: ((await readBallots(db, panelId)).get(caseId) ?? []).some((one) => one.seat === seat),
        isClosed: panel.closedAt !== null,
        choices: choicesOf(engine, panel),
      },
      choice,
    )
    if (refusal) throw refusal
    await db.change(sql`insert into flow_votes (panel_id, case_id, seat, choice, entered_by, at)
      values (${panelId}, ${caseId}, ${seat}, ${choice}, ${me.personId}, ${engine.now()})`)
    // That a ballot was cast is on file; what it said stays with the panel.
    await audit(db, {
      actorId: me.personId,
      action: 'flows.cast-vote',
      outcome: 'done',
      scope: panel.unitPath,
      subject: caseId,
    })
    return {}
  })
}

/**
 * The chair decides a tie in writing. Refuses `flows.panel-not-chair`, `.panel-closed`, `.panel-not-tied`,
 * `.panel-choice`, not-found.
 */
export const decideTie = async (
  engine: Engine,
  actor: Actor,
  { panelId, caseId }: ParamsOf<typeof tieDeclared>,
  { choice, reason }: BodyOf<typeof tieDeclared>,
): Promise<Record<string, never>> => {
  const { me, panel: seen } = await findPanel(engine, actor, panelId)
  return engine.services.door.asJob('importer', async (db) => {
    const panel = await holdPanel(db, seen.id)
    const judged = await getJudged(db, panel, caseId)
    if (panel.closedAt) throw new Refusal('flows.panel-closed', '评议已经结束,不能再更改。')
    const seats = await readSeats(db, panelId)
    const aside = asideOf(await readAsides(db, panelId), caseId)
    const decider = seats.find(({ seat }) => seat === decidesTie(seats, aside))
    if (decider?.personId !== me.personId)
      throw forbidden('flows.panel-not-chair', '票数相同由组长决定;组长回避或没有到会的,由第一位到会的教师决定。')
    const result = panelResult(seats, aside, (await readBallots(db, panelId)).get(caseId) ?? [], panel)
    if (result.kind !== 'tied') throw new Refusal('flows.panel-not-tied', '这件事已有多数,或者还没有表决完。')
    const able = result.between.length > 0 ? result.between : choicesOf(engine, panel)
    if (!able.includes(choice)) throw new Refusal('flows.panel-choice', '只能在票数相同的选项里决定。', 'invalid')
    await db.change(sql`update flow_panel_cases set tied_choice = ${choice}, tied_by = ${me.personId},
        tied_reason_cipher = ${engine.services.secrets.seal(reason)}
      where school_id = ${judged.schoolId} and panel_id = ${panelId} and case_id = ${caseId}`)
    await audit(db, {
      actorId: me.personId,
      action: 'flows.decide-tie',
      outcome: 'done',
      scope: panel.unitPath,
      subject: caseId,
      detail: { choice },
    })
    return {}
  })
}
