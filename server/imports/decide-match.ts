import { isListKindId, type ListKindId } from '#contract/imports'
import { Refusal } from '#contract/platform'
import { type Actor, audit, type Db, sql } from '#server/platform'
import { followImport } from './follow-import.ts'
import { mustFind } from './get-import.ts'
import { findImport } from './import-state.ts'
import type { Importing } from './importing.ts'
import { keepDecisions } from './lists/kept-decisions.ts'
import { writeMatched } from './lists/write-matched.ts'
import { whyNotImport } from './may-import.ts'
import { createWorkTable, stagedColumnsOf } from './staged-row.ts'

export interface Decision {
  readonly row: number
  /** The student the row means; null: none of the candidates. */
  readonly studentId: string | null
}

// Only what waits can be decided; deciding twice does nothing the second time.
const settle = async (db: Db, importId: string, decisions: readonly Decision[], by: string): Promise<number> => {
  const asked = JSON.stringify(decisions)
  await db.change(sql`create temp table decided (row integer, student_id uuid, school_id uuid, scope text collate "C", yes boolean)
    on commit drop`)
  await db.change(sql`insert into decided
    select m.row, m.student_id, m.school_id, m.scope, m.student_id = d."studentId" as yes
    from import_matches m join jsonb_to_recordset(${asked}::jsonb) as d(row integer, "studentId" uuid) on d.row = m.row
    where m.import_id = ${importId} and m.verdict = 'doubtful'
      and (d."studentId" is null or exists (select from import_matches x where x.import_id = m.import_id and x.row = m.row
        and x.student_id = d."studentId" and x.verdict = 'doubtful'))`)
  await db.change(sql`update import_matches m set verdict = case when coalesce(d.yes, false) then 'confirmed' else 'rejected' end,
      decided_by = ${by}, decided_at = now()
    from decided d where m.import_id = ${importId} and m.row = d.row and m.student_id = d.student_id`)
  await db.change(sql`update import_rows r set outcome = case when d.yes then 5 else 7 end, school_id = d.school_id, student_id = d.student_id
    from (select distinct on (row) row, coalesce(yes, false) as yes, case when yes then school_id end as school_id, case when yes then student_id end as student_id
      from decided order by row, yes desc nulls last) d where r.import_id = ${importId} and r.row = d.row`)
  return (await db.first<{ many: number }>(sql`select count(distinct row)::int as many from decided`))?.many ?? 0
}

const loadDecided = async (db: Db, importId: string, kind: ListKindId): Promise<void> => {
  const columns = stagedColumnsOf(kind)
  await db.change({ text: createWorkTable(kind) })
  await db.change({
    text: `insert into s (${columns.join(', ')}) select ${columns.map((column) => `st.${column}`).join(', ')} from import_staged st
      where st.import_id = $1 and st.row in (select row from decided)`,
    values: [importId],
  })
  await db.change(sql`update s set outcome = case when d.student_id is null then 7 else 5 end, school_id = d.school_id, student_id = d.student_id, scope = d.scope
    from s as old left join decided d on d.row = old.row and d.yes where old.row = s.row`)
}

/**
 * A person says whom doubtful rows mean. Confirmed ones apply like sure ones; a student no row can mean any more is off
 * the list when the list speaks for everybody. Classes follow at once; each decision is on file. [X7]
 */
export const decideMatch = async (
  importing: Importing,
  actor: Actor,
  importId: string,
  decisions: readonly Decision[],
): Promise<{ applied: number }> => {
  const seen = await mustFind(importing, actor, importId)
  if (!seen.kind || !isListKindId(seen.kind) || seen.state !== 'committed')
    throw new Refusal('imports.not-written', '请先写入,再逐条核对存疑的匹配。')
  const refusal = whyNotImport(
    importing,
    { posts: actor.posts },
    seen.scope,
    seen.kind,
    seen.mapping?.restriction ?? [],
  )
  if (refusal) throw refusal
  return decideAs(importing, { id: actor.personId }, importId, decisions)
}

/** The deciding itself, once it is clear that this person may. */
export const decideAs = (
  importing: Importing,
  by: { readonly id: string },
  importId: string,
  decisions: readonly Decision[],
): Promise<{ applied: number }> =>
  importing.services.door.asJob('importer', async (db) => {
    await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`decide ${importId}`}, 3))`)
    const row = await findImport(db, importId)
    const statement = row?.stated.statement
    if (!row || !statement) return { applied: 0 }
    const applied = await settle(db, importId, decisions, by.id)
    await loadDecided(db, importId, statement.kind)
    await keepDecisions(db, row.scope, statement.kind, by.id)
    const schoolIds = await writeMatched(importing, db, row, statement, 'decided')
    await followImport(importing, db, { schoolIds, personIds: [] })
    await db.change(sql`update imports set counts = counts || (select jsonb_build_object('matched', count(*) filter (where outcome = 5),
        'doubtful', count(*) filter (where outcome = 6), 'unmatched', count(*) filter (where outcome = 7)) from import_rows where import_id = ${importId})
      where id = ${importId}`)
    await db.change(sql`delete from import_staged where import_id = ${importId} and row in (select row from decided)`)
    await audit(db, {
      actorId: by.id,
      action: 'imports.decide-match',
      outcome: 'done',
      scope: row.scope,
      subject: importId,
      detail: { rows: applied },
    })
    return { applied }
  })
