import { type listBox, mostCounted } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import type { Actor, Db, Door, Statement } from '#server/platform'
import { asParticipant, desksOf } from './desks.ts'

export type BoxCounts = AnswerOf<typeof listBox>['counts']

/** One more than is ever told: enough to know that there are more. */
export const countedTo = mostCounted + 1

// Overdue comes first in order, so one reading of the first so many tells both. Copies count until they are read.
/** What waits, what is late and what is unread. */
export const countsStatement = (me: Actor, now: Date): Statement => {
  const first = `w.closed_at is null and (w.box = 1 or w.read_at is null)
            order by w.order_at, w.id limit ${countedTo}`
  return {
    text: `select least(count(*) filter (where t.box = 1), ${countedTo})::int as todo,
        least(count(*) filter (where t.box = 1 and t.due_at < $3), ${countedTo})::int as overdue,
        least(count(*) filter (where t.box = 2 and t.read_at is null), ${countedTo})::int as copies
      from (
        select t.* from unnest($1::text[]) as d (desk) cross join unnest(array[1, 2]) as b (box) cross join lateral (
          select w.box, w.due_at, w.read_at from flow_tasks w where w.desk = d.desk and w.box = b.box and ${first}) t
        union all
        select t.* from unnest(array[1, 2]) as b (box) cross join lateral (
          select w.box, w.due_at, w.read_at from flow_tasks w where w.person_id = $2 and w.box = b.box and ${first}) t) t`,
    values: [desksOf(me), me.personId, now],
  }
}

/** Copies that nobody has read yet, as one number; `$1` are the desks, `$2` is the person. */
export const copiesText = `(select least(count(*), ${countedTo})::int from (
    (select 1 from flow_tasks w where w.desk = any($1::text[]) and w.box = 2 and w.closed_at is null and w.read_at is null
      limit ${countedTo})
    union all
    (select 1 from flow_tasks w where w.person_id = $2 and w.box = 2 and w.closed_at is null and w.read_at is null
      limit ${countedTo})) t)`

export const readCounts = async (db: Db, me: Actor, now: Date): Promise<BoxCounts> =>
  (await db.first<BoxCounts>(countsStatement(me, now))) ?? { todo: 0, overdue: 0, copies: 0 }

/** How much waits for a person, for their desk; counted to a hundred, which stands for more. */
export const countBoxes = (door: Door, actor: Actor, now: Date): Promise<BoxCounts> =>
  asParticipant(door, actor, (db, me) => readCounts(db, me, now))
