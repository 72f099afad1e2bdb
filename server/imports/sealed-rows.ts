import { type Db, type Secrets, sql } from '#server/platform'
import type { SealedRow } from './importing.ts'
import { openBlock } from './sealed-block.ts'

const blocksTogether = 20

/**
 * Opens what stands sealed beside these rows; each block is opened once, a few are in memory. Row policies decide which
 * there are.
 */
export const openSealedRows = async (
  db: Db,
  secrets: Secrets,
  importId: string,
  rows: readonly { readonly row: number; readonly block: number }[],
): Promise<(row: number) => SealedRow> => {
  const blocks = [...new Set(rows.map(({ block }) => block))]
  const wanted = new Set(rows.map(({ row }) => row))
  const found = new Map<number, SealedRow>()
  for (let at = 0; at < blocks.length; at += blocksTogether) {
    const some = blocks.slice(at, at + blocksTogether)
    const kept = await db.rows<{ content: Buffer }>(
      sql`select content from import_values where import_id = ${importId} and block = any(${some}::int[])`,
    )
    for (const { content } of kept)
      for (const [row, sealed] of openBlock(secrets, content, (one) => wanted.has(one))) found.set(row, sealed)
  }
  return (row) => found.get(row) ?? { cells: [], faults: [] }
}
