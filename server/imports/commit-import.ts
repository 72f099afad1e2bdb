import type { PoolClient } from 'pg'
import type { ListKindId } from '#contract/imports'
import { pathsAbove } from '#contract/organisations'
import type { SecrecyDomain } from '#contract/students'
import { audit, type Db, sql } from '#server/platform'
import { domainsRead } from '#server/policies'
import { countJudged, isNeeded, type Judged } from './count-judged.ts'
import { findOrAddSource } from './fact-source.ts'
import { followImport, type Touched } from './follow-import.ts'
import { cancelled, findImport, reportProgress } from './import-state.ts'
import type { Importing, ImportRow, Statement } from './importing.ts'
import { judgeRows, unitOf } from './judge-rows.ts'
import { writeMatched } from './lists/write-matched.ts'
import type { SettledPlaces } from './resolve-places.ts'
import { openWork } from './roster/keep-roster.ts'
import { dropWaiting, insistOnAll, insistOnWaiting, waitingTable } from './roster/waiting-roster.ts'
import { isWrittenBeside, writeBeside } from './roster/write-beside.ts'
import { rosterDomains } from './roster/write-first-facts.ts'
import { writeRoster } from './roster/write-roster.ts'
import { type OtherHalf, openOtherHalf, settleHalves, takeTurn } from './settle-halves.ts'
import { writeStaff } from './staff/write-staff.ts'
import { createWorkTable, type StagedColumn, stagedColumnsOf } from './staged-row.ts'
import { openUnits } from './units-below.ts'

// Of what a roster tells: domains that no rule in force at its schools reads.
const unread = ({ services, registry }: Importing, { places }: SettledPlaces): readonly SecrecyDomain[] => {
  const schools = places.flatMap(({ classId, path }) =>
    path === null ? [] : classId ? pathsAbove(path).slice(-1) : [path],
  )
  const read = domainsRead(registry, [...new Set(schools)], services.today())
  return rosterDomains.filter((domain) => !read.has(domain))
}

const schoolsOf = ({ places }: SettledPlaces, numbers: readonly number[]): readonly string[] => {
  const wanted = new Set(numbers)
  return [
    ...new Set(places.flatMap(({ number, schoolId }) => (schoolId !== null && wanted.has(number) ? [schoolId] : []))),
  ]
}

const write = async (
  importing: Importing,
  db: Db,
  row: ImportRow,
  statement: Statement,
  { settled, half, judged }: { readonly settled: SettledPlaces; readonly half: OtherHalf; readonly judged: Judged },
): Promise<Touched> => {
  const { kind, asOf } = statement
  if (kind === 'staff') return { schoolIds: [], personIds: await writeStaff(db, asOf) }
  if (kind === 'roster') {
    const { services } = importing
    const what = { sourceId: await findOrAddSource(db, row, statement), asOf }
    const beside = await isWrittenBeside(services, judged)
    const others = beside ? unread(importing, settled) : []
    if (beside)
      half.begin(writeBeside(services, { ...what, importId: row.id, places: settled.places, domains: others }))
    await openUnits(db, settled.fresh)
    const domains = rosterDomains.filter((domain) => !others.includes(domain))
    await writeRoster(db, what, { beside, domains })
    return { schoolIds: schoolsOf(settled, judged.places), personIds: [] }
  }
  return { schoolIds: await writeMatched(importing, db, row, statement, 'all'), personIds: [] }
}

// As read, before anything was judged.
const unjudged = (column: StagedColumn): string =>
  column === 'outcome' ? '0' : column === 'school_id' || column === 'student_id' ? 'null::uuid' : column

const loadStaged = async (db: Db, importId: string, kind: ListKindId): Promise<void> => {
  const columns = stagedColumnsOf(kind)
  await db.change({ text: createWorkTable(kind) })
  await db.change({
    text: `insert into s (${columns.join(', ')}, previewed) select ${columns.map(unjudged).join(', ')}, outcome
      from import_staged where import_id = $1`,
    values: [importId],
  })
  await db.change(sql`create index on s (row)`)
  await db.change(sql`analyze s (row, outcome, place, school_id)`)
}

/** Judges the previewed rows once more, into the work table. Answers the places named and the units to be opened. */
const judgeStaged = async (
  db: Db,
  client: PoolClient,
  row: ImportRow,
  statement: Statement,
): Promise<SettledPlaces> => {
  const places = row.stated.places ?? []
  if (statement.kind !== 'roster') {
    await loadStaged(db, row.id, statement.kind)
    return judgeRows(db, client, row, statement, places)
  }
  await insistOnWaiting(db, row.id)
  const settled = await judgeRows(db, client, row, statement, places, waitingTable(row.id))
  await openWork(db, row.id)
  return settled
}

/**
 * Writes the previewed set in one transaction, or nothing. The rows are judged again inside it: when the database has
 * moved since the preview so that the answer would differ, it refuses (`imports.moved-on`); when another import has
 * already written the same, there is nothing left to do and it ends as committed. [X7]
 */
export const commitImport = async (importing: Importing, importId: string): Promise<void> => {
  const { services } = importing
  const report = reportProgress(services, importId)
  await report.at('committing', 0, null).catch(() => undefined)
  await settleHalves(services)
  const half = openOtherHalf(services, importId)
  try {
    await services.door.asJob('importer', (db, client) => commitIn(importing, db, client, importId, half))
  } finally {
    await half.settle()
  }
  await services.door.asJob('importer', (db) => forget(db, importId))
}

// Only now: until it is settled, the other half keeps what it has read.
const forget = async (db: Db, importId: string): Promise<void> => {
  const row = await findImport(db, importId)
  if (row?.state === 'committed') await dropWaiting(db, importId)
}

const commitIn = async (
  importing: Importing,
  db: Db,
  client: PoolClient,
  importId: string,
  half: OtherHalf,
): Promise<void> => {
  const before = await findImport(db, importId)
  if (!before) return
  await takeTurn(db, before)
  const row = await findImport(db, importId)
  if (row?.state !== 'committing' || !row.stated.statement) return
  const { statement } = row.stated
  await unitOf(db, row.unit_id)
  const settled = await judgeStaged(db, client, row, statement)
  const judged = await countJudged(db)
  if (statement.kind === 'roster') insistOnAll((row.counts.rows ?? 0) - (row.counts.refused ?? 0), judged.rows)
  const written = isNeeded(judged)
    ? await write(importing, db, row, statement, { settled, half, judged })
    : { schoolIds: [], personIds: [] }
  await followImport(importing, db, written)
  await end(db, row, written)
  await half.ready()
}

const end = async (db: Db, row: ImportRow, written: Touched): Promise<void> => {
  await db.change(sql`delete from import_staged where import_id = ${row.id} and not exists (select from import_matches m
    where m.import_id = ${row.id} and m.row = import_staged.row and m.verdict = 'doubtful')`)
  await audit(db, {
    actorId: row.created_by,
    action: 'imports.commit',
    outcome: 'done',
    scope: row.scope,
    subject: row.id,
    detail: { schools: written.schoolIds.length, people: written.personIds.length, ...row.counts },
  })
  const touched = await db.change(sql`update imports set state = 'committed', committed_at = now(), progress = '{}'
    where id = ${row.id} and state = 'committing'`)
  if (touched === 0) throw cancelled()
}
