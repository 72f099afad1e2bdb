import { type Db, type Secrets, sql } from '#server/platform'
import type { SealedRow } from './importing.ts'
import type { SealedBlock } from './sealed-block.ts'

/** Opens what stands sealed beside these rows; each block is opened once. Row policies decide which there are. */
export const openSealedRows = async (
  db: Db,
  secrets: Secrets,
  importId: string,
  rows: readonly { readonly row: number; readonly block: number }[],
): Promise<(row: number) => SealedRow> => {
  const blocks = [...new Set(rows.map(({ block }) => block))]
  const kept = await db.rows<{ content: Buffer }>(
    sql`select content from import_values where import_id = ${importId} and block = any(${blocks}::int[])`,
  )
  const wanted = new Set(rows.map(({ row }) => row))
  const found = new Map<number, SealedRow>()
  for (const { content } of kept) {
    const opened = JSON.parse(secrets.openBytes(content).toString('utf8')) as SealedBlock
    for (const [row, sealed] of Object.entries(opened)) if (wanted.has(Number(row))) found.set(Number(row), sealed)
  }
  return (row) => found.get(row) ?? { cells: [], faults: [] }
}
