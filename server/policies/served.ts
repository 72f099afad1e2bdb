import { listRulesInForce } from '#contract/policies'
import { type Served, type Services, serve } from '#server/platform'
import { readRulesInForce } from './list-rules-in-force.ts'
import type { Registry } from './registry.ts'

/** Endpoints of policy packs. */
export const served = (services: Services, registry: Registry): Served[] => [
  serve(listRulesInForce, ({ actor, params, query }) => readRulesInForce(services, registry, actor, params, query)),
]
