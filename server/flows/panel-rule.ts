import type { UnitKind } from '#contract/organisations'
import { type FlowStep, type PanelRule, stepsOf } from '#contract/policies'
import { type Db, sql } from '#server/platform'
import type { Engine } from './engine.ts'
import type { Case, PanelState, Procedure } from './procedure.ts'

/** The panel that deliberates in a state of a procedure, if one does. */
export const panelIn = ({ panels = [] }: Procedure, state: string): PanelState | undefined =>
  panels.find((panel) => panel.state === state)

/** The step of the pack in force at a place on which a panel deliberates; absent without rule, or where it is off. */
const panelStepAt = (engine: Engine, { rule }: Procedure, panel: PanelState, place: string): FlowStep | undefined => {
  const written = rule?.(engine.registry.inForce(place, engine.services.today()).rules)
  return written && stepsOf(written).find(({ id }) => id === panel.step)
}

/** How a panel is made up there for a kind of school: as the pack says, else as usual; undefined where nobody sits. */
export const panelRuleAt = (
  engine: Engine,
  procedure: Procedure,
  panel: PanelState,
  place: string,
  school: UnitKind,
): PanelRule | undefined => {
  const step = panelStepAt(engine, procedure, panel, place)
  return step?.panels ? step.panels.find(({ schools }) => schools.includes(school)) : panel.usual
}

/** The panel's step is passed over where the pack lets nobody sit at this kind of school: kindergartens. As the importer. */
export const panelPassedOver = async (
  db: Db,
  engine: Engine,
  procedure: Procedure,
  standing: Case,
): Promise<readonly string[]> => {
  const steps = (procedure.panels ?? []).flatMap((panel) => panelStepAt(engine, procedure, panel, standing.place) ?? [])
  if (!steps.some(({ panels }) => panels)) return []
  const school = await db.first<{ kind: UnitKind }>(sql`select kind from units where id = ${standing.schoolId}`)
  return steps
    .filter(({ panels }) => panels && !panels.some(({ schools }) => school && schools.includes(school.kind)))
    .map(({ id }) => id)
}
