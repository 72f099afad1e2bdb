import { type Db, type PreparedWork, raw, type Services, sql } from '#server/platform'
import type { SettledPlace } from '../resolve-places.ts'
import { stagedColumnsOf } from '../staged-row.ts'
import { freshId, makeRoom } from './keep-roster.ts'
import { writeAround } from './write-around.ts'

/** What a second session writes of a roster whose students are all new. */
export interface WrittenBeside {
  readonly importId: string
  /** How new ids begin. */
  readonly began: string
  readonly places: readonly SettledPlace[]
  readonly sourceId: string
  readonly asOf: string
}

// Below this one session is done before the second has begun.
const fewRows = 2_000

const prefix = 'import '

/** Under which name the second half of an import waits to be settled. */
export const besideName = (importId: string): string => `${prefix}${importId}`

/** The import a waiting half belongs to. */
export const importOf = (name: string): string | undefined =>
  name.startsWith(prefix) ? name.slice(prefix.length) : undefined

const placed = ({ number, schoolId, path, schoolOrder }: SettledPlace) => ({
  number,
  school_id: schoolId,
  scope: path,
  school_order: schoolOrder,
})

// The same rows under the same ids as the first session lays out, in the same order. Not temporary: such a transaction
// could not be prepared.
const layRows = async (db: Db, { importId, began, places }: WrittenBeside): Promise<string> => {
  const own = await db.first<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const rows = `working.roster_${own?.pid}`
  await makeRoom(db)
  // Nothing is known of how many rows wait; the places are few and looked up by hash.
  await db.change(sql`set local enable_nestloop = off`)
  const columns = stagedColumnsOf('roster').map((column) => `s.${column}`)
  await db.change({
    text: `create unlogged table ${rows} as
      select ${columns.join(', ')}, p.school_id, p.scope, ${freshId} as student_id,
        encode(substr(s.household_digest, 1, 16), 'hex')::uuid as household_id
      from import_staged s
        join jsonb_to_recordset($3::jsonb) as p(number integer, school_id uuid, scope text, school_order integer) on p.number = s.place
      where s.import_id = $1 and s.outcome = 1 order by p.school_id, s.row`,
    values: [importId, began, JSON.stringify(places.map(placed))],
  })
  await db.change(sql`set local enable_nestloop = on`)
  await db.change(sql`analyze ${raw(rows)} (outcome)`)
  return rows
}

const write = async (db: Db, what: WrittenBeside): Promise<void> => {
  const rows = await layRows(db, what)
  await writeAround(db, rows, what)
  await db.change(sql`drop table ${raw(rows)}`)
}

/** Whether a second session may write beside the first: many new rows, none of them about somebody known. */
export const isWrittenBeside = async ({ door }: Services, db: Db): Promise<boolean> => {
  if (!(await door.beside.isKept())) return false
  const rows = await db.first<{
    fresh: number
    known: number
  }>(sql`select count(*) filter (where outcome = 1)::int as fresh,
    count(*) filter (where outcome = 2)::int as known from s`)
  return rows !== undefined && rows.known === 0 && rows.fresh >= fewRows
}

/** Writes what stands around the new students, at the same time as the first session writes them. */
export const writeBeside = ({ door }: Services, what: WrittenBeside): Promise<PreparedWork> =>
  door.beside.prepare('importer', besideName(what.importId), (db) => write(db, what))
