import type pg from 'pg'
import { clockPerson } from './clock-person.ts'

/** Open tasks to act on that do not stand as their case stands, or lie where the case would not be found. None, ever. */
export const strayTasks = async (owner: pg.Client): Promise<readonly { case_id: string }[]> => {
  const { rows } = await owner.query<{ case_id: string }>(
    `select t.case_id from flow_tasks t left join flow_cases c on c.school_id = t.school_id and c.id = t.case_id
    where t.box = 1 and t.closed_at is null and (
      (t.flow, t.state, t.version, t.scope, t.excluded) is distinct from (c.flow, c.state, c.version, c.scope, c.excluded)
      or t.student_id is distinct from c.student_id or c.closed_at is not null
      or not coalesce(t.desk = any(c.desks) or t.person_id = any(c.assigned || c.opened_by || c.applicant_id || $1::uuid), false))`,
    [clockPerson],
  )
  return rows
}
