import type { UnitKind } from '#contract/organisations'
import { type FlowStep, type PanelRule, stepsOf } from '#contract/policies'
import { type Db, sql } from '#server/platform'
import type { Engine } from './engine.ts'
import type { Case, Procedure } from './procedure.ts'

/** The step of the pack in force at a place on which the procedure's panel deliberates; absent without rule or panel. */
export const panelStepAt = (engine: Engine, { rule, panel }: Procedure, place: string): FlowStep | undefined => {
  const written = panel && rule?.(engine.registry.inForce(place, engine.services.today()).rules)
  return written && stepsOf(written).find(({ id }) => id === panel?.step)
}

/** How a panel is made up there for a kind of school; undefined where nobody sits. */
export const panelRuleAt = (
  engine: Engine,
  procedure: Procedure,
  place: string,
  school: UnitKind,
): PanelRule | undefined =>
  panelStepAt(engine, procedure, place)?.panels?.find(({ schools }) => schools.includes(school))

/** The panel's step is passed over where the pack lets nobody sit at this kind of school: kindergartens. As the importer. */
export const panelPassedOver = async (
  db: Db,
  engine: Engine,
  procedure: Procedure,
  standing: Case,
): Promise<readonly string[]> => {
  const step = procedure.panel && panelStepAt(engine, procedure, standing.place)
  if (!step?.panels) return []
  const school = await db.first<{ kind: UnitKind }>(sql`select kind from units where id = ${standing.schoolId}`)
  return step.panels.some(({ schools }) => school && schools.includes(school.kind)) ? [] : [step.id]
}
