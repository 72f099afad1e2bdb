import { Refusal } from '#contract/platform'
import { type Db, sql } from '#server/platform'

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The table in which a previewed roster waits for its commit, in the form and order in which it is written. It belongs to
 * the importing job, nobody else may read it. Not logged: a crash of the server leaves it empty.
 */
export const waitingTable = (importId: string): string => {
  if (!isId.test(importId)) throw new Error('not the id of an import')
  return `working.roster_${importId.replaceAll('-', '')}`
}

/** Forgets a previewed roster. */
export const dropWaiting = (db: Db, importId: string): Promise<number> =>
  db.change({ text: `drop table if exists ${waitingTable(importId)}` })

const lost = () =>
  new Refusal('imports.preview-lost', '核对之后系统中断过,核对结果没有保留下来,请重新核对后再写入。什么都没有写入。')

/** Refuses where the table is not there: the program was restored from a backup since the preview. */
export const insistOnWaiting = async (db: Db, importId: string): Promise<void> => {
  const found = await db.first<{ there: boolean }>(
    sql`select to_regclass(${waitingTable(importId)}) is not null as there`,
  )
  if (!found?.there) throw lost()
}

/** Refuses where rows are missing: the server crashed since the preview. */
export const insistOnAll = (expected: number, found: number): void => {
  if (found !== expected) throw lost()
}

/** Rosters that wait for nothing any more: what a crash just after a commit left behind. */
export const dropForgotten = async (db: Db): Promise<void> => {
  const tables = await db.rows<{ id: string }>(sql`select i.id from imports i
    where i.state in ('committed', 'cancelled', 'failed')
      and to_regclass('working.roster_' || replace(i.id::text, '-', '')) is not null`)
  for (const { id } of tables) await dropWaiting(db, id)
}
