import { type standAside as asideDeclared, neededOf, type markPresence as presenceDeclared } from '#contract/flows'
import { type AnswerOf, type BodyOf, forbidden, notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type Actor, audit, sql } from '#server/platform'
import type { Engine } from './engine.ts'
import { findPanel } from './find-panel.ts'
import { writeAsides } from './panel-asides.ts'
import { holdPanel, readBallots, readJudged, readSeats } from './panel-held.ts'

const closed = () => new Refusal('flows.panel-closed', '评议已经结束,不能再更改。')

/** Writes down who is present; whoever has voted cannot have been away. Refuses `flows.panel-*`, not-found. */
export const markPresence = async (
  engine: Engine,
  actor: Actor,
  { panelId }: ParamsOf<typeof presenceDeclared>,
  { present }: BodyOf<typeof presenceDeclared>,
): Promise<AnswerOf<typeof presenceDeclared>> => {
  const { me, keeps } = await findPanel(engine, actor, panelId)
  if (!keeps) throw forbidden('flows.panel-not-keeper', '到会由组长或组织评议的老师登记。')
  return engine.services.door.asJob('importer', async (db) => {
    const panel = await holdPanel(db, panelId)
    if (panel.closedAt) throw closed()
    const seats = await readSeats(db, panelId)
    if (present.some((seat) => !seats.some((one) => one.seat === seat))) throw notFound()
    const voted = new Set([...(await readBallots(db, panelId)).values()].flat().map(({ seat }) => seat))
    if (seats.some(({ seat }) => voted.has(seat) && !present.includes(seat)))
      throw new Refusal('flows.panel-has-voted', '已经表决过的人不能改为未到会。')
    await db.change(
      sql`update flow_panel_members set present = seat = any(${present}::uuid[]) where panel_id = ${panelId}`,
    )
    await audit(db, {
      actorId: me.personId,
      action: 'flows.mark-presence',
      outcome: 'done',
      scope: panel.unitPath,
      subject: panelId,
      detail: { present: present.length },
    })
    return { present: new Set(present).size, needed: neededOf(panel, seats.length) }
  })
}

/**
 * Somebody stands aside in a case: says so themselves, or whoever keeps the panel writes it down. From then on the case is
 * not there for them. Not after they voted. [C19] Refuses `flows.panel-closed`, `.panel-has-voted`, not-found.
 */
export const standAside = async (
  engine: Engine,
  actor: Actor,
  { panelId, caseId }: ParamsOf<typeof asideDeclared>,
  { seat, reason }: BodyOf<typeof asideDeclared>,
): Promise<Record<string, never>> => {
  const { me, keeps } = await findPanel(engine, actor, panelId)
  return engine.services.door.asJob('importer', async (db) => {
    const panel = await holdPanel(db, panelId)
    const judged = (await readJudged(db, panelId)).find((one) => one.caseId === caseId)
    const member = (await readSeats(db, panelId)).find((one) => one.seat === seat)
    if (!judged || !member || (member.personId !== me.personId && !keeps)) throw notFound()
    if (panel.closedAt) throw closed()
    if (((await readBallots(db, panelId)).get(caseId) ?? []).some((ballot) => ballot.seat === seat))
      throw new Refusal('flows.panel-has-voted', '已经表决过的人不能再回避,请换人后重新评议。')
    const aside = { schoolId: judged.schoolId, caseId, seat, why: 'declared', personId: member.personId }
    await writeAsides(db, panelId, [{ ...aside, reason: engine.services.secrets.seal(reason), by: me.personId }])
    await audit(db, {
      actorId: me.personId,
      action: 'flows.stand-aside',
      outcome: 'done',
      scope: panel.unitPath,
      subject: caseId,
    })
    return {}
  })
}
