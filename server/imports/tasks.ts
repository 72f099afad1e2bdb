import { z } from 'zod'
import { Refusal } from '#contract/platform'
import { sql } from '#server/platform'
import type { Task } from '../platform/jobs/index.ts'
import { commitImport } from './commit-import.ts'
import { clearImport, failImport, isCancelled } from './import-state.ts'
import type { Importing } from './importing.ts'
import { previewImport } from './preview-import.ts'
import { readImport } from './read-import.ts'
import { dropForgotten } from './roster/waiting-roster.ts'
import { settleHalves } from './settle-halves.ts'
import { straightenScopes } from './straighten-scopes.ts'

const named = z.object({ importId: z.uuid() })
const brokeOff = { code: 'imports.broke-off', sentence: '处理这份文件时系统出了故障,什么都没有写入。请稍后再试一次。' }

/** A preview or commit that is refused goes back to the confirmed columns, with the sentence; nothing was written. */
const sendBack = ({ services }: Importing, importId: string, { code, sentence }: Refusal): Promise<number> =>
  services.door.asJob('importer', (db) =>
    db.change(sql`update imports set state = 'mapped', refusal = ${JSON.stringify({ code, sentence })}, progress = '{}'
      where id = ${importId} and state in ('previewing', 'committing')`),
  )

type Step = (importing: Importing, importId: string) => Promise<void>

// What refuses a file while it is read ends the import: nothing of it is kept.
const refuse = (importing: Importing, importId: string, step: Step, refusal: Refusal): Promise<unknown> =>
  step === readImport ? failImport(importing.services, importId, refusal) : sendBack(importing, importId, refusal)

const taskOf =
  (importing: Importing, step: Step): Task =>
  async (payload, attempt) => {
    const { importId } = named.parse(payload)
    try {
      await step(importing, importId)
    } catch (error) {
      if (isCancelled(error)) return
      if (error instanceof Refusal && error.kind !== 'unavailable') {
        await refuse(importing, importId, step, error)
        return
      }
      if (attempt.last) await failImport(importing.services, importId, brokeOff)
      throw error
    }
  }

const clear: Step = ({ services }, importId) => services.door.asJob('importer', (db) => clearImport(db, importId))

const clearOld = ({ services }: Importing): Promise<void> =>
  services.door.asJob('importer', async (db) => {
    const old = await db.rows<{ id: string }>(sql`select i.id from imports i
      where i.created_at < now() - interval '30 days' and exists (select from import_rows r where r.import_id = i.id) limit 500`)
    for (const { id } of old) await clearImport(db, id)
    await dropForgotten(db)
  })

/** The background work of importing; each task can be taken up again after a restart. */
export const importTasks = (importing: Importing): Record<string, Task> => ({
  'read-import': taskOf(importing, readImport),
  'preview-import': taskOf(importing, previewImport),
  'commit-import': taskOf(importing, commitImport),
  'clear-import': taskOf(importing, clear),
  'clear-old-imports': () => clearOld(importing),
  'settle-imports': () => settleHalves(importing.services),
  'straighten-scopes': () => straightenScopes(importing.services),
})

/** Once a night; previewed rows are not kept longer than a month. What a crash cut in two is settled within a minute. */
export const importCrontab = '* * * * * settle-imports\n40 17 * * * clear-old-imports\n50 17 * * * straighten-scopes'
