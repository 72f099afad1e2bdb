import { type Db, sql } from '#server/platform'
import type { ImportRow } from '../importing.ts'
import { stagedColumnsOf } from '../staged-row.ts'
import { rosterAsJudged } from './judge-roster.ts'
import { waitingTable } from './waiting-roster.ts'

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
  await layWaiting(db, row.id)
}

// As read; where it belongs is settled when it is written. What is computed here is new in the table.
const computed = ['outcome', 'fresh_id', 'household_digest'] as const
const isComputed = (column: string): boolean => (computed as readonly string[]).includes(column)

const hex = (value: string): string => `lpad(to_hex((${value}) & 4095), 3, '0')`

/**
 * The id of a new student, in SQL: a UUIDv7 of the moment in `$1`, counting in the order in which rows are laid out, so
 * that new students reach every index at its end; the random digits are the row's own.
 */
const freshId = `($1::text || ${hex('p.school_order')} || '-a' || ${hex('s.row >> 12')} || '-' || ${hex('s.row')} ||
  right(s.fresh_id::text, 9))::uuid`

/** The present moment as ids begin with it, up to their version. */
const momentOfIds = (): string => {
  const digits = Date.now().toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7`
}

/**
 * Lays out what is not refused as it will be written: school by school, so that its rows reach each index side by side;
 * new students with the ids they will have.
 */
const layWaiting = async (db: Db, importId: string): Promise<void> => {
  const columns = stagedColumnsOf('roster').filter((column) => !isComputed(column))
  // Memory for laying rows out by school: a hundred thousand of them are sorted without the disk. To the transaction's end.
  await db.change(sql`set local work_mem = '96MB'`)
  await db.change({
    text: `create unlogged table ${waitingTable(importId)} as
      select ${columns.map((column) => `s.${column}`).join(', ')}, ${judged.outcome} as outcome, ${freshId} as fresh_id,
        encode(substr(s.household_digest, 1, 16), 'hex')::uuid as household_id
      from ${judged.from} where ${judged.outcome} <> 4 order by p.school_order, s.row`,
    values: [momentOfIds()],
  })
}

/** What stands in the work table of a roster that is written: as it waited, judged again, placed where it belongs. */
const placed = (importId: string): string => {
  const now = rosterAsJudged(waitingTable(importId))
  const columns = stagedColumnsOf('roster').filter((column) => column !== 'stage' && !isComputed(column))
  return `select ${columns.map((column) => `s.${column}`).join(', ')}, s.outcome as previewed, s.household_id, ${now.outcome} as outcome,
      ${now.stage} as stage, p.school_id, p.class_id, p.path as scope, ${now.student} as student_id from ${now.from}`
}

/**
 * The judged roster under the name `s`. Where nobody on it is known nothing was found out but where its places are, so
 * that it is read where it lies; else it is laid out once.
 */
export const openWork = async (db: Db, importId: string): Promise<void> => {
  const known = await db.first(sql`select 1 as one from judged limit 1`)
  await db.change({
    text: known
      ? `create temp table s on commit drop as ${placed(importId)}`
      : `create temp view s as ${placed(importId)}`,
  })
  if (known) await db.change(sql`analyze s (outcome)`)
}
