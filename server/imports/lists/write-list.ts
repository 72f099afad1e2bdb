import { kindOf } from '#contract/imports'
import { rangeOf } from '#contract/organisations'
import { type Db, raw, sql } from '#server/platform'
import { applyFacts } from '../apply-facts.ts'
import { factsOfAbsence } from '../encoding/facts-of.ts'
import { findOrAddSource } from '../fact-source.ts'
import type { ImportRow, Statement } from '../importing.ts'

/** Whether the list speaks for everybody: who is not on it is not. */
export const speaksForAll = ({ population, replaces }: Statement): boolean =>
  replaces && (population === 'all-residents' || population === 'enrolled')

// Whoever may still be meant by a doubtful row is neither on nor off the list until a person has looked.
const addAbsent = async (db: Db, row: ImportRow, statement: Statement, whose: 'all' | 'decided'): Promise<void> => {
  const absence = factsOfAbsence[statement.kind]
  if (!absence || !speaksForAll(statement)) return
  const { lo, hi } = rangeOf(row.scope)
  const stillOn = whose === 'all' ? ['doubtful'] : ['doubtful', 'sure', 'confirmed']
  await db.change(sql`insert into said (school_id, student_id, scope, facts)
    select st.school_id, st.id, st.scope, ${JSON.stringify(absence)}::jsonb from students st
    where st.status in (1, 2) and st.scope >= ${lo} and st.scope < ${hi}
      ${raw(whose === 'all' ? '' : `and st.id in (select student_id from decided)`)}
      and not exists (select from said x where x.school_id = st.school_id and x.student_id = st.id)
      and not exists (select from import_matches m where m.import_id = ${row.id} and m.student_id = st.id and m.verdict = any(${stillOn}::text[]))`)
}

/** Writes what a matched list says: yes for those surely on it, no for those off it when it speaks for everybody. [X7] */
export const writeList = async (
  db: Db,
  row: ImportRow,
  statement: Statement,
  whose: 'all' | 'decided',
): Promise<readonly string[]> => {
  const { facts } = kindOf(statement.kind)
  await db.change(
    sql`create temp table said (school_id uuid, student_id uuid, scope text collate "C", facts jsonb) on commit drop`,
  )
  // several rows about one student: the latest day wins
  await db.change(sql`insert into said select distinct on (school_id, student_id) school_id, student_id, scope, facts
    from s where outcome = 5 order by school_id, student_id, facts ->> 'screened_on' desc nulls last, row desc`)
  await db.change(sql`create index said_student on said (school_id, student_id)`)
  await addAbsent(db, row, statement, whose)
  const sourceId = await findOrAddSource(db, row, statement)
  await applyFacts(db, { facts, sourceId, asOf: statement.asOf, refresh: true })
  const schools = await db.rows<{ id: string }>(sql`select distinct school_id as id from said`)
  return schools.map(({ id }) => id)
}
