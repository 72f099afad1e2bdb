import { type Flow, type Relation, stepsPassedOver, underRule } from '#contract/flows'
import { Refusal } from '#contract/platform'
import type { Services } from '#server/platform'
import type { Registry } from '#server/policies'
import type { Doer, Procedure } from './procedure.ts'

/** What people are to a student beside posts: guardians and students themselves. */
export type RelationsOver = (doer: Doer, studentId: string) => readonly Relation[]

/** All procedures over one database. */
export interface Engine {
  readonly services: Services
  readonly registry: Registry
  /** The present instant; clocks run on it. */
  readonly now: () => Date
  readonly relationsOver: RelationsOver
  readonly procedures: readonly Procedure[]
  /** Refuses `flows.no-such-flow`. */
  readonly procedureOf: (flow: string) => Procedure
  /** The flow of a procedure as the packs in force at a place leave it, with the steps passed over there. */
  readonly ruledAt: (
    procedure: Procedure,
    place: string,
  ) => { readonly flow: Flow; readonly passed: ReadonlySet<string> }
}

/** Puts the engine together from the procedures of all capabilities. */
export const openEngine = (
  services: Services,
  registry: Registry,
  relationsOver: RelationsOver,
  procedures: readonly Procedure[],
  now: () => Date = () => new Date(),
): Engine => {
  const byId = new Map(procedures.map((procedure) => [procedure.flow.id, procedure]))
  if (byId.size < procedures.length) throw new Error('two procedures have the same id')
  return {
    services,
    registry,
    now,
    relationsOver,
    procedures,
    procedureOf: (flow) => {
      const found = byId.get(flow)
      if (!found) throw new Refusal('flows.no-such-flow', '没有这种事项。', 'invalid')
      return found
    },
    ruledAt: (procedure, place) => {
      const rule = procedure.rule?.(registry.inForce(place, services.today()).rules)
      return { flow: underRule(procedure.flow, rule), passed: stepsPassedOver(procedure.flow, rule) }
    },
  }
}
