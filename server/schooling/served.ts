import { promote } from '#contract/schooling'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { promote as takeUp } from './promote.ts'

/** Endpoints of enrolment beside its procedures. */
export const served = (services: Services, registry: Registry): Served[] => [
  serve(promote, ({ actor, params, body }) => takeUp(services, registry, actor, params.schoolId, body)),
]
