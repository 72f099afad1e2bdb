import type { PoolClient } from 'pg'
import { openCopy, type Secrets } from '#server/platform'
import { readRows, smallestApart } from '../platform/spreadsheets/index.ts'
import { clearYoung, openWaiting, type WaitingThread } from '../platform/threads/index.ts'
import type { Reporter } from './import-state.ts'
import { type Reading, type StagedList, type StagedPack, stagedLines } from './staged-lines.ts'
import { copyIntoWorkTable } from './staged-row.ts'

const youngMegabytes = 8
const packsBetweenClearing = 8
// a million rows, the most a file may have, leave about 250 behind: what repeated rows are found by
const oldMegabytes = 512

async function* rowsHere(content: Uint8Array, { fileName, mapping }: Reading) {
  const known = { unmerged: mapping.unmerged ?? [] }
  for await (const { rows } of readRows({ content, name: fileName }, undefined, known)) yield rows
}

const here = (reading: Reading, secrets: Secrets): WaitingThread<StagedPack> => ({
  of: (content) => stagedLines(reading, secrets, rowsHere(content, reading)),
  leave: () => Promise.resolve(),
})

// A large list is read by a thread of its own, beside the copy and the program's other work.
const apart = (reading: Reading, secrets: Secrets): WaitingThread<StagedPack> =>
  openWaiting({
    file: new URL('./staging-worker.ts', import.meta.url),
    data: { reading, keys: secrets.keys() },
    youngMegabytes,
    oldMegabytes,
  })

interface Staging {
  readonly client: PoolClient
  readonly content: Uint8Array
  readonly report: Reporter
}

/** A reading under way; it ends with `stage` or with `leave`. */
export interface OpenStaging {
  /** Reads the list into the work table. Its bytes go there. Nothing else may use the connection meanwhile. */
  readonly stage: (staging: Staging) => Promise<StagedList>
  /** Gives up before there were bytes. */
  readonly leave: () => Promise<void>
}

/** Begins reading a list of so many bytes: what a large one is read by starts while its bytes are fetched. */
export const openStaging = (reading: Reading, secrets: Secrets, bytes: number): OpenStaging => {
  const packs = (bytes < smallestApart ? here : apart)(reading, secrets)
  return {
    leave: packs.leave,
    stage: async ({ client, content, report }) => {
      const copy = openCopy(client, copyIntoWorkTable(reading.statement.kind))
      let list: StagedList | undefined
      let taken = 0
      try {
        for await (const pack of packs.of(content)) {
          await copy.write(pack.packed)
          list = pack.list
          if (++taken % packsBetweenClearing === 0) clearYoung()
          await report.at('reading', pack.rows, null)
        }
      } catch (error) {
        await copy.abort()
        throw error
      }
      await copy.end()
      if (!list) throw new Error('the reading of a list broke off')
      return list
    },
  }
}
