import type { Db } from '#server/platform'
import { metJustNow, type RecordAdded } from '#server/records'
import { moveOne } from './move-one.ts'
import type { Known, Moved, ProgressRow, Touched } from './progress-row.ts'

const bitsIn = (parts: number): number => (parts === 0 ? 0 : (parts & 1) + bitsIn(parts >> 1))

// What the row holds when this record is the first of its period; `asked` is compared with what a row comes to.
const rowOf = ({ duty, bit, add }: Touched, actDate: string) => {
  const { full, atLeast } = duty
  const parts = full > 0 ? bit | duty.base : 0
  const done = full > 0 ? bitsIn(parts) : add
  const met = full > 0 ? parts === full : done >= atLeast
  return { duty, parts, done, met, day: add > 0 ? actDate : null, asked: full > 0 ? full : atLeast }
}

// Rows are moved in this order, so that records never wait in a circle.
const inOrder = (
  subjects: RecordAdded['subjects'],
  duties: readonly Touched[],
  actDate: string,
): readonly ProgressRow[] => {
  const rows = duties.map((touched) => rowOf(touched, actDate))
  rows.sort(
    (one, other) => one.duty.rule - other.duty.rule || (one.duty.period.startsOn < other.duty.period.startsOn ? -1 : 1),
  )
  const students = subjects.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return students.flatMap((student) => rows.map((row) => ({ ...row, student })))
}

/**
 * Moves the progress of a record's students: one row for each and each duty, in one order. With `settled` it fails with
 * `metJustNow` when one of them is met only now: what was left out because nothing was to be met must then be done. Rows
 * that hold what the record brings are not written again; the database checks that they still do.
 */
export const moveRows = (
  db: Db,
  { schoolId, subjects, actDate }: RecordAdded,
  duties: readonly Touched[],
  { settled, held }: Known,
): Promise<readonly Moved[]> => {
  const rows = inOrder(subjects, duties, actDate)
  const left = rows.filter(
    ({ duty }) => !held.some((one) => one.rule === duty.rule && one.period === duty.period.startsOn),
  )
  const [alone] = left
  if (alone && left.length === 1 && alone.duty.full === 0 && held.length < 2)
    return moveOne(db, schoolId, alone, settled, held[0])
  const days = rows.map(({ day }) => day)
  const asked = new Map(rows.map((row) => [`${row.duty.rule} ${row.duty.period.startsOn}`, row.asked]))
  return db.rows<Moved>({
    text: moving,
    values: [
      schoolId,
      rows.map(({ student }) => student.id),
      rows.map(({ duty }) => duty.rule),
      rows.map(({ duty }) => duty.period.startsOn),
      rows.map(({ student }) => student.scope),
      rows.map(({ duty }) => duty.secrecy),
      rows.map(({ done }) => done),
      rows.map(({ parts }) => parts),
      rows.map(({ met }) => met),
      days,
      [...asked.values()],
      [...asked.keys()],
      settled,
      metJustNow,
    ],
  })
}

// `asked` stands beside the keys of its duties: what was to be inserted has no column for it.
const asked = `($11::int[])[array_position($12::text[], excluded.rule || ' ' || excluded.period)]`
const moving = `insert into duty_progress as p (school_id, student_id, rule, period, scope, secrecy, done, parts, met, first_on, last_on)
    select $1, d.* from unnest($2::uuid[], $3::int[], $4::date[], $5::text[], $6::smallint[], $7::smallint[], $8::smallint[],
      $9::boolean[], $10::date[], $10::date[]) d
    on conflict (school_id, student_id, rule, period) do update set
      was_met = p.met,
      parts = p.parts | excluded.parts,
      done = case when excluded.parts > 0 then length(replace((p.parts | excluded.parts)::int::bit(16)::text, '0', ''))
        else p.done + excluded.done end,
      met = case when excluded.parts = 0 and excluded.done = 0 then p.met
        when excluded.parts > 0 then (p.parts | excluded.parts) = ${asked}
        else p.done + excluded.done >= ${asked} end,
      first_on = least(p.first_on, excluded.first_on),
      last_on = greatest(p.last_on, excluded.last_on)
    returning p.student_id as "studentId", p.rule, p.period, p.met, p.was_met as "wasMet", p.done, p.parts,
      p.first_on as "firstOn", p.last_on as "lastOn",
      (case when $13::boolean and p.met and not p.was_met then $14 else '1' end)::int as held`
