import { rewriteActorSettings } from '#server/people'
import type { Db } from '#server/platform'
import { reclassify, seesOf } from '#server/policies'
import type { Importing } from './importing.ts'

/** What an import touched. */
export interface Touched {
  readonly schoolIds: readonly string[]
  readonly personIds: readonly string[]
}

/** Lets rights, classes, duties and figures follow what an import wrote, in the same transaction. */
export const followImport = async ({ services, registry }: Importing, db: Db, touched: Touched): Promise<void> => {
  const on = services.today()
  await rewriteActorSettings(db, touched.personIds, seesOf(registry, services.today), on)
  const { schoolIds } = touched
  await reclassify(db, { registry, events: services.events }, { schoolIds, on, back: 'importer' })
}
