import { kindOf, listKindIds } from '#contract/imports'
import type { Actor } from '#server/platform'
import type { Importing } from './importing.ts'
import { importColumns, summaryOf, type ViewedRow } from './view-import.ts'

const perPage = 50

/** Imports this person handed over or may see by place and secrecy, newest first. */
export const listImports = async ({ services }: Importing, actor: Actor, page: number) => {
  const rows = await services.door.readAsActor<ViewedRow>(actor, {
    text: `select ${importColumns} from imports i join units u on u.id = i.unit_id order by i.created_at desc, i.id desc limit $1 offset $2`,
    values: [perPage + 1, (page - 1) * perPage],
  })
  return {
    imports: rows.slice(0, perPage).map(summaryOf),
    kinds: listKindIds.map((kind) => ({ kind, label: kindOf(kind).label })),
    more: rows.length > perPage,
  }
}

/** One import as this person may see it, or undefined. */
export const findViewed = async (
  { services }: Importing,
  actor: Actor,
  importId: string,
): Promise<ViewedRow | undefined> => {
  const [row] = await services.door.readAsActor<ViewedRow>(actor, {
    text: `select ${importColumns} from imports i join units u on u.id = i.unit_id where i.id = $1`,
    values: [importId],
  })
  return row
}
