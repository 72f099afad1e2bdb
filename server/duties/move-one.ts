import type { Db } from '#server/platform'
import { metJustNow } from '#server/records'
import type { Moved, ProgressRow } from './progress-row.ts'

/**
 * Moves one row of a duty that counts records: most records are about one student, and without lists the server makes half
 * as much ready. A row beside it that is remembered to hold what the record brings is only asked whether it still does:
 * whoever takes something back has the school alone. Fails with `metJustNow` when a row is not as it was believed to be.
 */
export const moveOne = async (
  db: Db,
  schoolId: string,
  { duty, student, done, met, day, asked }: ProgressRow,
  settled: boolean,
  held?: Moved,
): Promise<readonly Moved[]> => {
  const [rule, period] = [duty.rule, duty.period.startsOn]
  const [row] = await db.rows<Pick<Moved, 'met' | 'wasMet' | 'done' | 'parts'>>({
    text: held ? movingBeside : settled ? movingSettled : moving,
    values: [
      ...[schoolId, student.id, rule, period, student.scope, duty.secrecy, done, met, day, asked],
      ...(held ? [held.rule, held.period, held.parts, held.met] : []),
    ],
  })
  return row ? [{ studentId: student.id, rule, period, ...row }, ...(held ? [held] : [])] : []
}

const moving = `insert into duty_progress as p (school_id, student_id, rule, period, scope, secrecy, done, met, first_on, last_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
  on conflict (school_id, student_id, rule, period) do update set
    was_met = p.met, done = p.done + $7, met = p.done + $7 >= $10, first_on = least(p.first_on, $9), last_on = greatest(p.last_on, $9)
  returning p.met, p.was_met as "wasMet", p.done, p.parts`
const unless = (wrong: string): string => `(case when ${wrong} then '${metJustNow}' else '1' end)::int as held`
const movingSettled = `${moving}, ${unless('p.met and not p.was_met')}`
const movingBeside = `${moving}, ${unless(`p.met and not p.was_met or not exists (select from duty_progress q
    where q.school_id = $1 and q.student_id = $2 and q.rule = $11 and q.period = $12 and q.parts = $13 and q.met = $14
      and q.first_on <= $9 and q.last_on >= $9)`)}`
