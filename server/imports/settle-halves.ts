import { pathsAbove } from '#contract/organisations'
import { type Db, type PreparedWork, type Services, sql } from '#server/platform'
import { findImport } from './import-state.ts'
import type { ImportRow } from './importing.ts'
import { besideName, importOf } from './roster/write-beside.ts'

const turnOf = async (db: Db, row: Pick<ImportRow, 'scope'>): Promise<string> => {
  const county = await db.first<{ path: string }>(sql`select path from units
    where path = any(${[...pathsAbove(row.scope), row.scope]}::text[]) and kind = 'county'`)
  return `import ${county?.path ?? row.scope}`
}

/** Lists of one county wait for each other, so that two people importing the same list end with one set. */
export const takeTurn = async (db: Db, row: ImportRow): Promise<void> => {
  const turn = await turnOf(db, row)
  await db.change(sql`set local lock_timeout = '10min'`)
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 3))`)
}

const isTurnFree = async (db: Db, row: ImportRow): Promise<boolean> => {
  const turn = await turnOf(db, row)
  const answer = await db.first<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${turn}, 3)) as free`,
  )
  return answer?.free === true
}

// Whoever still writes the import holds the turn and settles its half itself. Free, the import's own state is the word.
const settleHalf = ({ door }: Services, importId: string): Promise<void> =>
  door.asJob('importer', async (db) => {
    const row = await findImport(db, importId)
    if (row && !(await isTurnFree(db, row))) return
    const now = await findImport(db, importId)
    await door.beside.settle(besideName(importId), now?.state === 'committed')
  })

/** Settles what a crash left between the two halves of an import: with the import it holds, without it it is undone. */
export const settleHalves = async (services: Services): Promise<void> => {
  const names = await services.door.beside.waiting()
  for (const importId of names.map(importOf)) if (importId) await settleHalf(services, importId)
}

/** The half of an import that a second session writes, when there is one. */
export interface OtherHalf {
  readonly begin: (work: Promise<PreparedWork>) => void
  /** Waits until it is prepared; throws what it failed with. */
  readonly ready: () => Promise<void>
  /** Ends it as the import ended. */
  readonly settle: () => Promise<void>
}

/** Opens the place of the other half. */
export const openOtherHalf = (services: Services, importId: string): OtherHalf => {
  let half: Promise<PreparedWork> | undefined
  return {
    begin: (work) => {
      half = work
      work.catch(() => undefined)
    },
    ready: async () => {
      await half
    },
    settle: async () => {
      if (await half?.catch(() => undefined)) await settleHalf(services, importId)
    },
  }
}
