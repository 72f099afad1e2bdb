import { adjustRecognition, decideKeyListing, listCandidates, recognise } from '#contract/recognition'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { adjustRecognition as adjust } from './adjust-recognition.ts'
import { decideKeyListing as decide } from './decide-key-listing.ts'
import { listCandidates as candidates } from './list-candidates.ts'
import { recognise as confirm } from './recognise.ts'

/** Endpoints of recognising hardship and confirming key students. */
export const served = (services: Services, registry: Registry): Served[] => {
  const deciding = { registry, events: services.events }
  return [
    serve(listCandidates, ({ actor, query }) => candidates(services, registry, actor, query)),
    serve(recognise, ({ actor, params, body }) => confirm(services, deciding, actor, params.schoolId, body)),
    serve(adjustRecognition, ({ actor, params, body }) => adjust(services, deciding, actor, params, body)),
    serve(decideKeyListing, ({ actor, params, body }) => decide(services, deciding, actor, params, body)),
  ]
}
