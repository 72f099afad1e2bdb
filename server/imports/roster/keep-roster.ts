import { type Db, sql } from '#server/platform'
import type { ImportRow } from '../importing.ts'
import { stagedColumnsOf } from '../staged-row.ts'
import { rosterAsJudged } from './judge-roster.ts'
import { waitingTable } from './waiting-roster.ts'

const judged = rosterAsJudged('s')

// A new row without a fault says nothing of its own.
const isPlain = `${judged.outcome} = 1 and s.faults is null`

const keepPlain = (db: Db, row: ImportRow): Promise<number> =>
  db.change({
    text: `insert into import_rows (import_id, row, rows, scope, secrecy, created_by, outcome, block, changes)
      select $1, min(r.row), array_agg(r.row), $2, $3, $4, 1, r.block, case when r.news is null then '[]' else jsonb_build_array(r.news) end
      from (select s.row, s.block, p.news from ${judged.from} where ${isPlain}) r group by r.block, r.news`,
    values: [row.id, row.scope, row.secrecy, row.created_by],
  })

const keepOthers = (db: Db, row: ImportRow): Promise<number> =>
  db.change({
    text: `insert into import_rows (import_id, row, scope, secrecy, created_by, outcome, school_id, student_id, block, faults, changes)
      select $1, r.row, $2, $3, $4, r.outcome, case when r.outcome in (2, 3) then r.school_id end,
        case when r.outcome in (2, 3) then r.student_id end, r.block,
        case when r.problem is null then coalesce(r.faults, '[]')
          else coalesce(r.faults, '[]') || jsonb_build_array(r.problem || '{"scope": "row", "code": "conflict"}') end,
        coalesce(r.changes, '[]')
      from (select s.row, s.block, s.faults, p.school_id, ${judged.outcome} as outcome, ${judged.student} as student_id,
          ${judged.problem} as problem, ${judged.changes} as changes from ${judged.from} where not (${isPlain})) r`,
    values: [row.id, row.scope, row.secrecy, row.created_by],
  })

/** Keeps a judged roster: its rows for the screen, and those that are not refused as they were read, for the commit. */
export const keepRoster = async (db: Db, row: ImportRow): Promise<void> => {
  // Nothing is known of how many rows were read: they are joined as a set.
  await db.change(sql`set local enable_nestloop = off`)
  await keepPlain(db, row)
  await keepOthers(db, row)
  await layWaiting(db, row.id)
  await db.change(sql`set local enable_nestloop = on`)
}

/**
 * Lays out what is not refused as it will be written: school by school and class by class, in the order of the ids that new
 * students will have, so that they reach each index side by side.
 */
const layWaiting = async (db: Db, importId: string): Promise<void> => {
  const columns = stagedColumnsOf('roster').filter((column) => column !== 'outcome')
  // Memory for laying rows out by school: a hundred thousand of them are sorted without the disk. To the transaction's end.
  await db.change(sql`set local work_mem = '96MB'`)
  await db.change({
    text: `create unlogged table ${waitingTable(importId)} as
      select ${judged.outcome} as outcome, ${columns.map((column) => `s.${column}`).join(', ')}
      from ${judged.from} where ${judged.outcome} <> 4 order by s.fresh_id`,
  })
}

// Where nobody is known, nothing was found out but where the places are.
const asUnknown = (source: string) =>
  ({
    from: `${source} s left join places p on p.number = s.place`,
    outcome: '(case when p.problem is null then 1 else 4 end)::smallint',
    student: 's.fresh_id',
    stage: rosterAsJudged(source).stage,
  }) as const

/**
 * The roster under the name `s`, as it waited, judged again and placed where it belongs. Where nobody on it is known it is
 * read where it lies; else it is laid out once.
 */
export const openWork = async (db: Db, importId: string): Promise<void> => {
  const known = (await db.first(sql`select 1 as one from judged limit 1`)) !== undefined
  const now = (known ? rosterAsJudged : asUnknown)(waitingTable(importId))
  const columns = stagedColumnsOf('roster').filter((column) => column !== 'stage' && column !== 'outcome')
  const placed = `select ${columns.map((column) => `s.${column}`).join(', ')}, s.outcome as previewed, ${now.outcome} as outcome,
    ${now.stage} as stage, p.school_id, p.class_id, p.path as scope, ${now.student} as student_id from ${now.from}`
  await db.change({
    text: known ? `create temp table s on commit drop as ${placed}` : `create temp view s as ${placed}`,
  })
  if (known) await db.change(sql`analyze s (outcome)`)
}
