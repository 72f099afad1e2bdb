import type { PoolClient } from 'pg'
import { openCopy, type Secrets } from '#server/platform'
import { smallestApart } from '../platform/spreadsheets/index.ts'
import { clearYoung, movable, packsOfThread } from '../platform/threads/index.ts'
import type { Reporter } from './import-state.ts'
import { type Reading, type StagedList, type StagedPack, stagedLines } from './staged-lines.ts'
import { copyIntoWorkTable } from './staged-row.ts'

const youngMegabytes = 8
const packsBetweenClearing = 8
// a million rows, the most a file may have, leave about 250 behind: what repeated rows are found by
const oldMegabytes = 512

interface Staging {
  readonly client: PoolClient
  readonly secrets: Secrets
  readonly reading: Reading
  readonly report: Reporter
}

// A large list is read by a thread of its own, beside the copy and the program's other work; its bytes go there.
const packsOf = (reading: Reading, secrets: Secrets): AsyncGenerator<StagedPack> =>
  reading.content.byteLength < smallestApart
    ? stagedLines(reading, secrets)
    : packsOfThread<StagedPack>({
        file: new URL('./staging-worker.ts', import.meta.url),
        data: { reading, keys: secrets.keys() },
        transfer: movable(reading.content),
        youngMegabytes,
        oldMegabytes,
      })

/** Reads a list into the work table. Nothing else may use the connection meanwhile. */
export const stageRows = async ({ client, secrets, reading, report }: Staging): Promise<StagedList> => {
  const copy = openCopy(client, copyIntoWorkTable(reading.statement.kind))
  let list: StagedList | undefined
  let packs = 0
  try {
    for await (const pack of packsOf(reading, secrets)) {
      await copy.write(pack.packed)
      list = pack.list
      if (++packs % packsBetweenClearing === 0) clearYoung()
      await report.at('reading', pack.rows, null)
    }
  } catch (error) {
    await copy.abort()
    throw error
  }
  await copy.end()
  if (!list) throw new Error('the reading of a list broke off')
  return list
}
