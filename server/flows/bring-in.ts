import { uuidv7 } from 'uuidv7'
import { type Flow, stateOf } from '#contract/flows'
import { pathsAbove } from '#contract/organisations'
import { type Db, sql } from '#server/platform'
import { deskAt, pathOfDesk, postOfDesk } from './desks.ts'
import type { Engine } from './engine.ts'
import type { Case } from './procedure.ts'

/** Who is brought in when time ran out at a post: the one who answers for it. */
const above: Readonly<Record<string, readonly string[]>> = {
  'class-teacher': ['school-aid-officer', 'leader-in-charge', 'principal'],
  counsellor: ['school-aid-officer', 'leader-in-charge', 'principal'],
  mentor: ['school-aid-officer', 'leader-in-charge', 'principal'],
  'school-aid-officer': ['leader-in-charge', 'principal', 'county-aid-officer'],
  'leader-in-charge': ['principal', 'county-aid-officer'],
  principal: ['county-aid-officer', 'county-leader'],
  'county-aid-officer': ['county-leader'],
}
const anyAbove = ['school-aid-officer', 'principal', 'county-aid-officer', 'county-leader']

/**
 * Lays an overdue case on the desk of the next post up as well; the first desk keeps it. Where nobody is above, nothing
 * more happens: the case stays marked as overdue. As the importer.
 */
export const bringIn = async (db: Db, engine: Engine, flow: Flow, standing: Case): Promise<void> => {
  const present = standing.desks.map(postOfDesk)
  const order = [...new Set(present.flatMap((post) => above[post] ?? anyAbove))].filter(
    (post) => !present.includes(post),
  )
  const from = standing.desks[0] ? pathOfDesk(standing.desks[0]) : standing.place
  const paths = [from, ...pathsAbove(from)]
  const today = engine.services.today()
  const found = await db.first<{ path: string; post: string }>(sql`select v.path, a.post from units v
      cross join lateral (select v.id union all select o.id from units o where o.parent_id = v.id and o.kind = 'office') h (id)
      join appointments a on a.unit_id = h.id and a.post = any(${order}::text[])
    where v.path = any(${paths}::text[]) and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)
      and a.person_id <> all(${standing.excluded}::uuid[])
    order by array_position(${order}::text[], a.post), length(v.path) desc limit 1`)
  if (!found || !stateOf(flow, standing.state)) return
  const desk = deskAt(found.path, found.post)
  await db.change(sql`insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, state, version, opened_at, due_at, excluded)
    select school_id, ${uuidv7()}, id, flow, student_id, scope, 1, ${desk}, state, version, ${engine.now()}, due_at, excluded
    from flow_cases where school_id = ${standing.schoolId} and id = ${standing.id}`)
  await db.change(sql`update flow_tasks set escalated_at = ${engine.now()}
    where school_id = ${standing.schoolId} and case_id = ${standing.id} and closed_at is null and escalated_at is null`)
  await db.change(sql`update flow_cases set desks = array_append(desks, ${desk})
    where school_id = ${standing.schoolId} and id = ${standing.id}`)
}
