import {
  exportCoverage,
  exportCoverageOutside,
  exportMissing,
  freezeCoverage,
  getCoverage,
  getCoverageSplits,
  getFrozenCoverage,
  listFreezes,
  listFrozenMissing,
  listMissing,
} from '#contract/counts'
import type { Plans } from '#server/duties'
import { type Served, type Services, serve } from '#server/platform'
import type { Registry } from '#server/policies'
import { exportCoverage as figuresFile, exportMissing as namesFile } from './export-lists.ts'
import { exportCoverageOutside as outsideFile } from './export-outside.ts'
import { freezeCoverage as freeze } from './freeze-coverage.ts'
import { getPage } from './get-page.ts'
import { getSplits } from './get-splits.ts'
import { listMissing as missing } from './list-missing.ts'
import { listFreezes as freezes, getFrozen, listFrozen } from './open-freeze.ts'

/** Endpoints of the six coverages. */
export const served = (services: Services, registry: Registry, plans: Plans): Served[] => [
  serve(getCoverage, ({ actor, params, query }) => getPage(services, registry, plans, actor, params.unitId, query)),
  serve(getCoverageSplits, ({ actor, params, query }) => getSplits(services, registry, plans, actor, params, query.on)),
  serve(listMissing, ({ actor, params, query }) => missing(services, registry, plans, actor, params, query)),
  serve(exportMissing, ({ actor, params }) => namesFile(services, registry, plans, actor, params)),
  serve(freezeCoverage, ({ actor, params, body }) => freeze(services, registry, plans, actor, params.unitId, body)),
  serve(listFreezes, ({ actor, params }) => freezes(services, registry, plans, actor, params.unitId)),
  serve(getFrozenCoverage, ({ actor, params, query }) => getFrozen(services, registry, plans, actor, params, query)),
  serve(listFrozenMissing, ({ actor, params, query }) => listFrozen(services, registry, plans, actor, params, query)),
  serve(exportCoverageOutside, ({ actor, params }) => outsideFile(services, registry, plans, actor, params.unitId)),
  serve(exportCoverage, ({ actor, params }) => figuresFile(services, registry, plans, actor, params.unitId)),
]
