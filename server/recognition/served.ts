import {
  adjustRecognition,
  decideKeyListing,
  getAnnouncement,
  getApplicationSheet,
  getRoundProgress,
  listCandidates,
  listRounds,
  object,
  openRound,
  recognise,
} from '#contract/recognition'
import type { Engine } from '#server/flows'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { adjustRecognition as adjust } from './adjust-recognition.ts'
import { getAnnouncement as announcement } from './announcement.ts'
import { getApplicationSheet as applicationSheet } from './application-sheet.ts'
import { decideKeyListing as decide } from './decide-key-listing.ts'
import { listCandidates as candidates } from './list-candidates.ts'
import { object as objectTo } from './objection.ts'
import { openRound as open, roundProgress, listRounds as rounds } from './open-round.ts'
import { recognise as confirm } from './recognise.ts'

/** Endpoints of recognising hardship and confirming key students. */
export const served = (services: Services, registry: Registry, engine: Engine): Served[] => {
  const deciding = { registry, events: services.events }
  return [
    serve(listCandidates, ({ actor, query }) => candidates(services, registry, actor, query)),
    serve(recognise, ({ actor, params, body }) => confirm(services, deciding, actor, params.schoolId, body)),
    serve(adjustRecognition, ({ actor, params, body }) => adjust(services, deciding, actor, params, body)),
    serve(decideKeyListing, ({ actor, params, body }) => decide(services, deciding, actor, params, body)),
    serve(openRound, ({ actor, params, body }) => open(services, actor, params.unitId, body)),
    serve(listRounds, ({ actor, params }) => rounds(services, actor, params.unitId)),
    serve(getRoundProgress, ({ actor, params, query }) => roundProgress(engine, actor, params.roundId, query.unit)),
    serve(getApplicationSheet, ({ actor, params }) => applicationSheet(engine, actor, params)),
    serve(getAnnouncement, ({ actor, params, query }) => announcement(engine, actor, params.schoolId, query.flow)),
    serve(object, ({ actor, params, body }) => objectTo(engine, actor, params.schoolId, body)),
  ]
}
