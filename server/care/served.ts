import { enterRoster, listFunds, listRoster, putIntoFund } from '#contract/care'
import type { Engine } from '#server/flows'
import { type Served, serve } from '#server/platform'
import { listFunds as funds, putIntoFund as put } from './keep-funds.ts'
import { enterRoster as enter, listRoster as roster } from './keep-roster.ts'

/** Endpoints of care beside its procedures. */
export const served = ({ services, now }: Engine): Served[] => [
  serve(listFunds, ({ actor, params }) => funds(services, actor, params.unitId)),
  serve(putIntoFund, ({ actor, params, body }) => put(services, actor, params.unitId, body)),
  serve(listRoster, ({ actor, params }) => roster(services, actor, params.unitId, now())),
  serve(enterRoster, ({ actor, params, body }) => enter(services, actor, params.unitId, body)),
]
