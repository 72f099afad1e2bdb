import { Refusal } from '#contract/platform'
import { type Db, type Services, sql } from '#server/platform'
import type { ImportRow, Progress } from './importing.ts'
import { dropWaiting } from './roster/waiting-roster.ts'

/** The import, locked or not; runs as the importer. */
export const findImport = (db: Db, importId: string): Promise<ImportRow | undefined> =>
  db.first<ImportRow>(sql`select * from imports where id = ${importId}`)

/** Removes all that was kept of an import but the fact that it was. */
export const clearImport = async (db: Db, importId: string): Promise<void> => {
  await db.change(sql`delete from import_files where import_id = ${importId}`)
  await db.change(sql`delete from import_staged where import_id = ${importId}`)
  await db.change(sql`delete from import_matches where import_id = ${importId}`)
  await db.change(sql`delete from import_rows where import_id = ${importId}`)
  await db.change(sql`delete from import_values where import_id = ${importId}`)
  await dropWaiting(db, importId)
}

/** Ends an import with the sentence its sender reads; what was kept of it goes. */
export const failImport = ({ door }: Services, importId: string, refusal: Pick<Refusal, 'code' | 'sentence'>) =>
  door.asJob('importer', async (db) => {
    const { code, sentence } = refusal
    const touched =
      await db.change(sql`update imports set state = 'failed', refusal = ${JSON.stringify({ code, sentence })},
        mapping = null
      where id = ${importId} and state not in ('committed', 'cancelled')`)
    if (touched > 0) await clearImport(db, importId)
  })

/** The sender gave up while a job worked on the import; the job undoes what it did and ends quietly. */
export const cancelled = (): Refusal => new Refusal('imports.cancelled', '这次导入已经取消,什么都没有写入。')
export const isCancelled = (error: unknown): boolean => error instanceof Refusal && error.code === 'imports.cancelled'

export interface Reporter {
  /** Tells how far a step is. Writes at most twice a second; throws `cancelled` when the sender gave up. */
  readonly at: (step: string, done: number, total: number | null) => Promise<void>
}

const pause = 500

/** Reports progress of a job in short transactions of their own, so that it is seen while the long one is open. */
export const reportProgress = ({ door }: Services, importId: string): Reporter => {
  let last = 0
  let step = ''
  let began = 0
  return {
    at: async (name, done, total) => {
      const now = performance.now()
      if (name !== step) {
        step = name
        began = now
      } else if (now - last < pause) return
      last = now
      const seconds = (now - began) / 1_000
      const progress: Progress = {
        step: name,
        done,
        total,
        perSecond: seconds > 0.2 ? Math.round(done / seconds) : null,
      }
      const touched = await door.asJob('importer', (db) =>
        db.change(sql`update imports set progress = ${JSON.stringify(progress)}
          where id = ${importId} and state in ('reading', 'previewing', 'committing')`),
      )
      if (touched === 0) throw cancelled()
    },
  }
}
