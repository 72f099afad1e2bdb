import type { ImportView } from '#contract/imports'
import { notFound } from '#contract/platform'
import type { Actor } from '#server/platform'
import type { Importing } from './importing.ts'
import { findViewed } from './list-imports.ts'
import { type ViewedRow, viewOf } from './view-import.ts'

/** The import, or not found where it is another's. */
export const mustFind = async (importing: Importing, actor: Actor, importId: string): Promise<ViewedRow> => {
  const row = await findViewed(importing, actor, importId)
  if (!row) throw notFound()
  return row
}

/** One import: how it was understood, how far it is, what it found. */
export const getImport = async (importing: Importing, actor: Actor, importId: string): Promise<ImportView> =>
  viewOf(await mustFind(importing, actor, importId), importing.services.secrets)
