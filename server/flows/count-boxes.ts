import type { listBox } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import type { Actor, Db, Door, Statement } from '#server/platform'
import { asParticipant, desksOf } from './desks.ts'

export type BoxCounts = AnswerOf<typeof listBox>['counts']

/** More than so many are not counted: enough to know that there is a heap. */
export const mostCounted = 200

// Overdue comes first in order, so one reading of the first so many tells both. Copies count until they are read.
/** What waits, what is late and what is unread. */
export const countsStatement = (me: Actor, now: Date): Statement => {
  const first = `w.closed_at is null and (w.box = 1 or w.read_at is null)
            order by w.order_at, w.id limit ${mostCounted}`
  return {
    text: `select least(count(*) filter (where t.box = 1), ${mostCounted})::int as todo,
        least(count(*) filter (where t.box = 1 and t.due_at < $3), ${mostCounted})::int as overdue,
        least(count(*) filter (where t.box = 2 and t.read_at is null), ${mostCounted})::int as copies
      from (
        select t.* from unnest($1::text[]) as d (desk) cross join unnest(array[1, 2]) as b (box) cross join lateral (
          select w.box, w.due_at, w.read_at from flow_tasks w where w.desk = d.desk and w.box = b.box and ${first}) t
        union all
        select t.* from unnest(array[1, 2]) as b (box) cross join lateral (
          select w.box, w.due_at, w.read_at from flow_tasks w where w.person_id = $2 and w.box = b.box and ${first}) t) t`,
    values: [desksOf(me), me.personId, now],
  }
}

/** Copies that nobody has read yet; what waits is counted with the lines. */
export const copiesStatement = (me: Actor): Statement => {
  const first = `w.box = 2 and w.closed_at is null and w.read_at is null order by w.order_at, w.id limit ${mostCounted}`
  return {
    text: `select least(count(*), ${mostCounted})::int as copies from (
        select t.* from unnest($1::text[]) as d (desk) cross join lateral (select 1 from flow_tasks w where w.desk = d.desk and ${first}) t
        union all (select 1 from flow_tasks w where w.person_id = $2 and ${first})) t`,
    values: [desksOf(me), me.personId],
  }
}

export const readCounts = async (db: Db, me: Actor, now: Date): Promise<BoxCounts> =>
  (await db.first<BoxCounts>(countsStatement(me, now))) ?? { todo: 0, overdue: 0, copies: 0 }

/** How much waits for a person, for their desk; at most two hundred are counted. */
export const countBoxes = (door: Door, actor: Actor, now: Date): Promise<BoxCounts> =>
  asParticipant(door, actor, (db, me) => readCounts(db, me, now))
