import { postsOver } from '#contract/people'
import type { Actor } from '#server/platform'
import { asParticipant, panelSeatsOf } from './desks.ts'
import type { Engine } from './engine.ts'
import { getPanelFor, type Panel } from './panel-held.ts'
import { panelIn } from './panel-rule.ts'
import type { PanelState } from './procedure.ts'

/** What a sitting deliberates on; undefined when the procedure knows it no more. */
export const stateOfPanel = (engine: Engine, { flow, state }: Pick<Panel, 'flow' | 'state'>): PanelState | undefined =>
  panelIn(engine.procedureOf(flow), state)

/** Whether a person keeps a panel: its chair, or whoever may convene one there. */
export const keepsPanel = (
  engine: Engine,
  me: Actor,
  panel: Pick<Panel, 'id' | 'flow' | 'state' | 'unitPath'>,
): boolean => {
  const by: readonly string[] = stateOfPanel(engine, panel)?.by ?? []
  return (
    panelSeatsOf(me).chairs.includes(panel.id) || postsOver(me.posts, panel.unitPath).some((post) => by.includes(post))
  )
}

/** The panel as this person finds it, and whether they keep it. Refuses not-found. */
export const findPanel = (engine: Engine, actor: Actor, panelId: string) =>
  asParticipant(engine.services.door, actor, async (db, me) => {
    const panel = await getPanelFor(db, panelId)
    return { me, panel, keeps: keepsPanel(engine, me, panel) }
  })
