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

/**
 * The panel's step is passed over where the pack lets nobody sit at this kind of school: kindergartens. For cases of one
 * school, by their place. As the importer.
 */
export const panelPassedOver = async (
  db: Db,
  engine: Engine,
  procedure: Procedure,
  cases: readonly Pick<Case, 'schoolId' | 'place'>[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const panels = procedure.panels ?? []
  const places = panels.length > 0 ? [...new Set(cases.map(({ place }) => place))] : []
  const steps = places.map((place) => ({
    place,
    steps: panels.flatMap((panel) => panelStepAt(engine, procedure, panel, place) ?? []),
  }))
  if (!steps.some((at) => at.steps.some((step) => step.panels))) return new Map()
  const school = await db.first<{ kind: UnitKind }>(sql`select kind from units where id = ${cases[0]?.schoolId}`)
  const seatless = ({ panels: seats }: FlowStep) =>
    seats && !seats.some(({ schools }) => school && schools.includes(school.kind))
  return new Map(steps.map((at) => [at.place, at.steps.filter(seatless).map(({ id }) => id)]))
}
