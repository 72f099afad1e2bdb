import {
  answerScreening,
  endRosterEntry,
  enterRoster,
  getCarePlan,
  listCommunityContacts,
  listCommunityPairs,
  listFilings,
  listFundEntries,
  listFunds,
  listRoster,
  listScreenings,
  listUnanswered,
  logCommunityContact,
  openScreening,
  pairCommunity,
  putIntoFund,
} from '#contract/care'
import type { Engine } from '#server/flows'
import { type Served, serve } from '#server/platform'
import {
  listCommunityContacts as contacts,
  logCommunityContact as log,
  pairCommunity as pair,
  listCommunityPairs as pairs,
} from './community.ts'
import { getCarePlan as plan } from './get-plan.ts'
import { listFundEntries as entries, listFunds as funds, putIntoFund as put } from './keep-funds.ts'
import { endRosterEntry as end, enterRoster as enter, listRoster as roster } from './keep-roster.ts'
import { listFilings as filings } from './list-filings.ts'
import { listScreenings as screenings } from './list-screenings.ts'
import { answerScreening as answer, openScreening as open, listUnanswered as unanswered } from './screening.ts'

/** Endpoints of care beside its procedures. */
export const served = (engine: Engine): Served[] => {
  const { services, now } = engine
  return [
    serve(listFunds, ({ actor, params }) => funds(services, actor, params.unitId)),
    serve(listFundEntries, ({ actor, params }) => entries(services, actor, params)),
    serve(getCarePlan, ({ actor, params }) => plan(engine, actor, params)),
    serve(listFilings, ({ actor, query }) => filings(engine, actor, query)),
    serve(listCommunityContacts, ({ actor, params }) => contacts(services, actor, params)),
    serve(endRosterEntry, ({ actor, params }) => end(services, actor, params, now())),
    serve(putIntoFund, ({ actor, params, body }) => put(services, actor, params.unitId, body, now())),
    serve(listRoster, ({ actor, params }) => roster(services, actor, params.unitId, now())),
    serve(enterRoster, ({ actor, params, body }) => enter(services, actor, params.unitId, body)),
    serve(openScreening, ({ actor, params, body }) => open(engine, actor, params.unitId, body)),
    serve(listScreenings, ({ actor, params }) => screenings(engine, actor, params.unitId)),
    serve(listUnanswered, ({ actor, params, query }) => unanswered(engine, actor, params, query.classId)),
    serve(answerScreening, ({ actor, params, body }) => answer(engine, actor, params, body)),
    serve(pairCommunity, ({ actor, params, body }) => pair(services, actor, params.schoolId, body)),
    serve(listCommunityPairs, ({ actor, params }) => pairs(services, actor, params.unitId)),
    serve(logCommunityContact, ({ actor, params, body }) => log(engine, actor, params, body)),
  ]
}
