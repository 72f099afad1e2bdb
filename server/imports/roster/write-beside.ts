import type { SecrecyDomain } from '#contract/students'
import { type Db, type PreparedWork, raw, type Services, sql } from '#server/platform'
import type { SettledPlace } from '../resolve-places.ts'
import { waitingTable } from './waiting-roster.ts'
import { writeAround } from './write-around.ts'
import { writeFirstFacts } from './write-first-facts.ts'

/** What a second session writes of a roster whose students are all new. */
export interface WrittenBeside {
  readonly importId: string
  readonly places: readonly SettledPlace[]
  readonly asOf: string
  readonly sourceId: string
  /** Whose facts no rule in force reads: judging goes on beside this session. */
  readonly domains: readonly SecrecyDomain[]
}

// Below this one session is done before the second has begun.
const fewRows = 2_000

const prefix = 'import '

/** Under which name the second half of an import waits to be settled. */
export const besideName = (importId: string): string => `${prefix}${importId}`

/** The import a waiting half belongs to. */
export const importOf = (name: string): string | undefined =>
  name.startsWith(prefix) ? name.slice(prefix.length) : undefined

const placed = ({ number, schoolId, path }: SettledPlace) => ({ number, school_id: schoolId, scope: path })

// The first session's places, for this one does not see its tables. Not temporary: such a transaction could not be prepared.
const layPlaces = async (db: Db, places: readonly SettledPlace[]): Promise<string> => {
  const own = await db.first<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const table = `working.places_${own?.pid}`
  await db.change({
    text: `create unlogged table ${table} as
      select * from jsonb_to_recordset($1::jsonb) as p(number integer, school_id uuid, scope text collate "C")`,
    values: [JSON.stringify(places.map(placed))],
  })
  return table
}

const write = async (db: Db, what: WrittenBeside): Promise<void> => {
  const places = await layPlaces(db, what.places)
  // Nothing is known of how many rows wait; the places are few and looked up by hash, so that rows come as they lie.
  await db.change(sql`set local enable_nestloop = off`)
  await db.change(sql`set local enable_mergejoin = off`)
  const rows = `(select w.*, w.fresh_id as student_id, p.school_id, p.scope
    from ${waitingTable(what.importId)} w join ${places} p on p.number = w.place)`
  // Pieces of names are sorted without the disk.
  await db.change(sql`set local work_mem = '96MB'`)
  await writeAround(db, rows, what.asOf)
  await writeFirstFacts(db, rows, what.sourceId, what.domains)
  await db.change(sql`drop table ${raw(places)}`)
}

/** Whether a second session may write beside the first: many new rows, none of them about somebody known. */
export const isWrittenBeside = async (
  { door }: Services,
  { fresh, changed }: { readonly fresh: number; readonly changed: number },
): Promise<boolean> => changed === 0 && fresh >= fewRows && (await door.beside.isKept())

/** Writes what stands around the new students, at the same time as the first session writes them. */
export const writeBeside = ({ door }: Services, what: WrittenBeside): Promise<PreparedWork> =>
  door.beside.prepare('importer', besideName(what.importId), (db) => write(db, what))
