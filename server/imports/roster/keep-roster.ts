import { type Db, sql } from '#server/platform'
import type { ImportRow } from '../importing.ts'
import { stagedColumnsOf } from '../staged-row.ts'
import { rosterAsJudged } from './judge-roster.ts'

const judged = rosterAsJudged('s')

/** Keeps a judged roster: its rows for the screen, and those that are not refused as they were read, for the commit. */
export const keepRoster = async (db: Db, row: ImportRow): Promise<void> => {
  await db.change({
    text: `insert into import_rows (import_id, row, scope, secrecy, created_by, outcome, school_id, student_id, block, faults, changes)
      select $1, r.row, $2, $3, $4, r.outcome, case when r.outcome in (2, 3) then r.school_id end,
        case when r.outcome in (2, 3) then r.student_id end, r.block,
        case when r.problem is null then coalesce(r.faults, '[]')
          else coalesce(r.faults, '[]') || jsonb_build_array(r.problem || '{"scope": "row", "code": "conflict"}') end,
        coalesce(r.changes, '[]')
      from (select s.row, s.block, s.faults, p.school_id, ${judged.outcome} as outcome, ${judged.student} as student_id,
          ${judged.problem} as problem, ${judged.changes} as changes from ${judged.from}) r`,
    values: [row.id, row.scope, row.secrecy, row.created_by],
  })
  const columns = stagedColumnsOf('roster')
  await db.change({
    text: `insert into import_staged (import_id, ${columns.join(', ')})
      select $1, ${columns.map((column) => (column === 'outcome' ? judged.outcome : `s.${column}`)).join(', ')}
      from ${judged.from} where ${judged.outcome} <> 4`,
    values: [row.id],
  })
}

/** The staged rows of a roster, as they were previewed. */
export const stagedRoster = (importId: string) => ({
  text: '(select * from import_staged where import_id = $1)',
  values: [importId],
})

const placed = ['outcome', 'stage'] as const
const isPlaced = (column: string): boolean => (placed as readonly string[]).includes(column)

const hex = (value: string): string => `lpad(to_hex((${value}) & 4095), 3, '0')`

/**
 * The id of a new student, in SQL: a UUIDv7 of the moment in `$2`, counting in the order in which rows are laid out, so
 * that new students reach every index at its end; the random digits are the staged row's own.
 */
export const freshId = `($2::text || ${hex('p.school_order')} || '-a' || ${hex('s.row >> 12')} || '-' || ${hex('s.row')} ||
  right(s.fresh_id::text, 9))::uuid`

/** The present moment as ids begin with it, up to their version. */
export const momentOfIds = (): string => {
  const digits = Date.now().toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7`
}

/** Memory for laying rows out by school: a hundred thousand of them are sorted without the disk. To the transaction's end. */
export const makeRoom = (db: Db): Promise<number> => db.change(sql`set local work_mem = '96MB'`)

/**
 * Lays out the judged roster as it will be written, in the work table `s`: school by school, so that its rows reach each
 * index side by side.
 */
export const layRoster = async (db: Db, importId: string, began: string): Promise<void> => {
  const { text: source, values } = stagedRoster(importId)
  const now = rosterAsJudged(source)
  const columns = stagedColumnsOf('roster').filter((column) => !isPlaced(column))
  await makeRoom(db)
  await db.change({
    text: `create temp table s on commit drop as
      select ${columns.map((column) => `s.${column}`).join(', ')}, s.outcome as previewed, ${now.outcome} as outcome,
        ${now.stage} as stage, p.school_id, p.class_id, p.path as scope, ${now.studentAs(freshId)} as student_id,
        encode(substr(s.household_digest, 1, 16), 'hex')::uuid as household_id
      from ${now.from} order by p.school_id, s.row`,
    values: [...values, began],
  })
  await db.change(sql`analyze s (outcome)`)
}
