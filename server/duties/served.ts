import { getDesk, listDue } from '#contract/duties'
import { getStudentOn } from '#contract/policies'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import type { Plans } from './duty-plan.ts'
import { getDesk as desk } from './get-desk.ts'
import { listDue as due } from './list-due.ts'
import { readStudentOn } from './student-on.ts'

/** Endpoints of the desk. */
export const served = (services: Services, registry: Registry, plans: Plans): Served[] => [
  serve(getDesk, ({ actor }) => desk(services, registry, plans, actor)),
  serve(listDue, ({ actor, params, query }) => due(services, plans, actor, params, query)),
  serve(getStudentOn, ({ actor, params, query }) => readStudentOn(services, registry, plans, actor, params, query.on)),
]
