import { type Db, sql } from '#server/platform'
import { metJustNow, type RecordAdded } from '#server/records'
import type { Fed } from './find-fed.ts'

/** A progress row as this transaction left it; it is held until the end. */
export interface Moved {
  readonly studentId: string
  readonly rule: number
  readonly period: string
  readonly met: boolean
  readonly wasMet: boolean
  readonly done: number
  readonly parts: number
}

/** A duty a record touches: counted for it (`add` 1), or held because it makes up a coverage with one that is (0). */
export interface Touched extends Fed {
  readonly add: number
}

const bitsIn = (parts: number): number => (parts === 0 ? 0 : (parts & 1) + bitsIn(parts >> 1))

// What the row holds when this record is the first of its period; `asked` is compared with what a row comes to.
const rowOf = ({ duty, bit, add }: Touched, actDate: string) => {
  const { full, atLeast } = duty
  const parts = full > 0 ? bit | duty.base : 0
  const done = full > 0 ? bitsIn(parts) : add
  const met = full > 0 ? parts === full : done >= atLeast
  return { duty, parts, done, met, day: add > 0 ? actDate : null, asked: full > 0 ? full : atLeast }
}

/**
 * Moves the progress of a record's students: one row for each and each duty, in one order. With `settled` it fails with
 * `metJustNow` when one of them is met only now: what was left out because nothing was to be met must then be done.
 */
export const moveRows = (
  db: Db,
  { schoolId, subjects, actDate }: RecordAdded,
  duties: readonly Touched[],
  settled: boolean,
): Promise<Moved[]> => {
  const rows = duties.map((touched) => rowOf(touched, actDate))
  const asked = rows.map((row) => row.asked)
  const keys = rows.map(({ duty }) => `${duty.rule} ${duty.period.startsOn}`)
  return db.rows<Moved>(sql`insert into duty_progress as p (school_id, student_id, rule, period, scope, secrecy, done, parts, met, first_on, last_on)
    select ${schoolId}::uuid, s.id, d.rule, d.period, s.scope, d.secrecy, d.done, d.parts, d.met, d.day, d.day
    from unnest(${subjects.map(({ id }) => id)}::uuid[], ${subjects.map(({ scope }) => scope)}::text[]) as s(id, scope)
      cross join unnest(${rows.map(({ duty }) => duty.rule)}::int[], ${rows.map(({ duty }) => duty.period.startsOn)}::date[],
        ${rows.map(({ duty }) => duty.secrecy)}::smallint[], ${rows.map(({ done }) => done)}::smallint[],
        ${rows.map(({ parts }) => parts)}::smallint[], ${rows.map(({ met }) => met)}::boolean[],
        ${rows.map(({ day }) => day)}::date[]) as d(rule, period, secrecy, done, parts, met, day)
    order by s.id, d.rule, d.period
    on conflict (school_id, student_id, rule, period) do update set
      was_met = p.met,
      parts = p.parts | excluded.parts,
      done = case when excluded.parts > 0 then length(replace((p.parts | excluded.parts)::int::bit(16)::text, '0', ''))
        else p.done + excluded.done end,
      met = case when excluded.parts = 0 and excluded.done = 0 then p.met
        when excluded.parts > 0 then (p.parts | excluded.parts) = (${asked}::int[])[array_position(${keys}::text[], excluded.rule || ' ' || excluded.period)]
        else p.done + excluded.done >= (${asked}::int[])[array_position(${keys}::text[], excluded.rule || ' ' || excluded.period)] end,
      first_on = least(p.first_on, excluded.first_on),
      last_on = greatest(p.last_on, excluded.last_on)
    returning p.student_id as "studentId", p.rule, p.period, p.met, p.was_met as "wasMet", p.done, p.parts,
      (case when ${settled}::boolean and p.met and not p.was_met then ${metJustNow} else '1' end)::int as held`)
}
