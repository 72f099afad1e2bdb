import type { Actor } from '#server/platform'
import { mustFind } from './get-import.ts'
import { type Importing, type Outcome, outcomeCodes, outcomeOf } from './importing.ts'
import { maskNumbers } from './mask-numbers.ts'
import { rowFaults } from './row-faults.ts'
import { rowPlace } from './row-place.ts'
import { openSealedRows } from './sealed-rows.ts'

interface KeptRow {
  readonly row: number
  readonly outcome: number
  readonly block: number
  readonly faults: readonly { column: string; scope: 'cell' | 'row'; code: string; reason?: string }[]
  readonly changes: readonly string[]
}

const single = `select row, outcome, block, faults, changes from import_rows
  where import_id = $1 and row > $2 and ($3::smallint is null and faults <> '[]' or outcome = $3) order by row limit $4`

// New rows that say the same stand together, by blocks in the order of the sheet: so many blocks' worth is taken apart as gives
// a page. Whatever begins at or before the last row seen tells in which block that was.
const together = `select r.row, i.outcome, i.block, i.faults, i.changes
  from (select * from import_rows n where n.import_id = $1 and n.outcome = $3
      and n.block >= coalesce((select b.block from import_rows b where b.import_id = $1 and b.row <= $2 order by b.row desc limit 1), 0)
      and exists (select from unnest(coalesce(n.rows, array[n.row])) one where one > $2)
    order by n.block fetch first $4 rows with ties) i
    cross join lateral unnest(coalesce(i.rows, array[i.row])) as r(row)
  where r.row > $2 order by r.row limit $4`

/** Judged rows of an import, a page at a time: what each would do, what it says, what is wrong with it and why. */
export const listImportRows = async (
  importing: Importing,
  actor: Actor,
  importId: string,
  { outcome, after, limit }: { outcome: Outcome | 'faults'; after: number; limit: number },
) => {
  const { services } = importing
  const row = await mustFind(importing, actor, importId)
  const { kept, sealedOf } = await services.door.asActor(actor, async (db) => {
    const kept = await db.rows<KeptRow>({
      text: outcome === 'new' ? together : single,
      values: [importId, after, outcome === 'faults' ? null : outcomeCodes[outcome], limit],
    })
    return { kept, sealedOf: await openSealedRows(db, services.secrets, importId, kept) }
  })
  const columns = row.mapping?.columns ?? []
  const fieldAt = new Map(columns.map(({ heading, field }) => [heading, field]))
  const rows = kept.map((one) => {
    const sealed = sealedOf(one.row)
    const cells = columns
      .map(({ heading, field }, index) => ({ label: heading, value: maskNumbers(sealed.cells[index] ?? '', field) }))
      .filter(({ value }) => value !== '')
    const name = columns.findIndex(({ field }) => field === 'name')
    return {
      row: one.row,
      place: rowPlace(row, one.row),
      outcome: outcomeOf(one.outcome),
      title: sealed.cells[name]?.trim() ?? '',
      cells,
      faults: rowFaults(row, one.row, sealed, one.faults).map(({ column, value, reason, scope }) => ({
        column,
        value: maskNumbers(value, fieldAt.get(column)),
        reason: maskNumbers(reason),
        scope,
      })),
      changes: [...one.changes],
    }
  })
  return { rows, after: kept.length === limit ? (kept.at(-1)?.row ?? null) : null }
}
