import { changeUnit, establishBody, listUnits, openUnit } from '#contract/organisations'
import { type Served, type Services, serve } from '#server/platform'
import { changeUnit as change } from './change-unit.ts'
import { establishBody as establish } from './establish-body.ts'
import { listUnits as list } from './list-units.ts'
import { openUnit as open } from './open-unit.ts'
import type { WhyNot } from './rights.ts'

/** Endpoints of the unit tree. `whyNot` says which posts may keep it; the unit page, which shows people, stands above. */
export const served = (services: Services, whyNot: WhyNot): Served[] => [
  serve(listUnits, ({ actor, query }) => list(services, actor, query)),
  serve(openUnit, ({ actor, body }) => open(services, whyNot, actor, body)),
  serve(changeUnit, ({ actor, params, body }) => change(services, whyNot, actor, params.unitId, body)),
  serve(establishBody, ({ actor, params, body }) => establish(services, whyNot, actor, params.unitId, body)),
]
