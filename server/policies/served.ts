import type { Refusal } from '#contract/platform'
import {
  adoptPack,
  checkPack,
  comparePacks,
  endAdoption,
  exportPreview,
  getCalendar,
  getPack,
  listAdoptions,
  listPreviewNames,
  listRulesInForce,
  listUnknown,
  previewAdoption,
  setDay,
  setTerms,
  uploadPack,
  withdrawAdoption,
} from '#contract/policies'
import { type Actor, type Served, type Services, serve } from '#server/platform'
import { adoptVersion, endAdopted, takeBackAdoption } from './adopt-pack.ts'
import { compareOnFile } from './compare-packs.ts'
import { writePreview } from './export-preview.ts'
import { readPackFiles } from './get-pack.ts'
import { keepDay, keepTerms, readCalendar } from './keep-calendar.ts'
import { readAdoptionsOf } from './list-adoptions.ts'
import { readRulesInForce } from './list-rules-in-force.ts'
import { readUnknown } from './list-unknown.ts'
import { readPreview, readPreviewNames } from './preview-adoption.ts'
import type { Registry } from './registry.ts'
import { checkHandedIn, takePack } from './upload-pack.ts'

/** Why somebody may not ask who is in a class; undefined when they may. */
type WhyNotNamed = (actor: Actor, classNumber: number, door: 'api') => Refusal | undefined

/** Endpoints of policy packs. `whyNotNamed` says who may be asked for by a class. [G3] */
export const served = (services: Services, registry: Registry, whyNotNamed: WhyNotNamed): Served[] => [
  serve(listRulesInForce, ({ actor, params, query }) => readRulesInForce(services, registry, actor, params, query)),
  serve(listAdoptions, ({ actor, params }) => readAdoptionsOf(services, registry, actor, params)),
  serve(uploadPack, ({ actor, params, body }) => takePack(services, registry, actor, params, body.files)),
  serve(checkPack, ({ actor, params, body }) => checkHandedIn(services, registry, actor, params, body.files)),
  serve(getPack, ({ actor, params }) => readPackFiles(services, registry, actor, params)),
  serve(adoptPack, ({ actor, params, body }) => adoptVersion(services, registry, actor, params, body)),
  serve(withdrawAdoption, ({ actor, params }) => takeBackAdoption(services, registry, actor, params)),
  serve(endAdoption, ({ actor, params, body }) => endAdopted(services, registry, actor, params, body)),
  serve(previewAdoption, ({ actor, params, query }) => readPreview(services, registry, actor, params.unitId, query)),
  serve(listPreviewNames, ({ actor, params, query }) =>
    readPreviewNames(services, registry, actor, params.unitId, query),
  ),
  serve(exportPreview, ({ actor, params, query }) => writePreview(services, registry, actor, params.unitId, query)),
  serve(listUnknown, ({ actor, params, query }) => {
    const refusal = query.rule === undefined ? undefined : whyNotNamed(actor, query.rule, 'api')
    if (refusal) throw refusal
    return readUnknown(services, registry, actor, params, query)
  }),
  serve(getCalendar, ({ actor, params, query }) => readCalendar(services, actor, params, query)),
  serve(setTerms, ({ actor, params, body }) => keepTerms(services, registry, actor, params, body)),
  serve(setDay, ({ actor, params, body }) => keepDay(services, registry, actor, params, body)),
  serve(comparePacks, async ({ params, query }) => compareOnFile(registry, params, query)),
]
