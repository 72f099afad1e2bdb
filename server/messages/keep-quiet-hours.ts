import {
  clockOf,
  type getQuietHours as declared,
  minuteOf,
  type setQuietHours as setting,
  usualQuietHours,
} from '#contract/messages'
import { pathsAbove } from '#contract/organisations'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type ParamsOf } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'

const getUnitPath = async (db: Db, unitId: string): Promise<string> => {
  const unit = await db.first<{ path: string }>(sql`select path from units where id = ${unitId}`)
  if (!unit) throw notFound()
  return unit.path
}

/** The hours in which a unit is not disturbed, its own or the nearest unit's above. */
export const getQuietHours = (
  { door }: Services,
  actor: Actor,
  { unitId }: ParamsOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  door.asActor(actor, async (db, { posts }) => {
    const path = await getUnitPath(db, unitId)
    const set = await db.first<{
      from_minute: number
      until_minute: number
      name: string
    }>(sql`select q.from_minute, q.until_minute, u.name
      from quiet_hours q join units u on u.id = q.unit_id
      where q.unit_path = any(${[path, ...pathsAbove(path)]}::text[]) order by length(q.unit_path) desc limit 1`)
    return {
      from: clockOf(set?.from_minute ?? usualQuietHours.fromMinute),
      until: clockOf(set?.until_minute ?? usualQuietHours.untilMinute),
      setAt: set?.name ?? null,
      mayChange: !whyNotPermitted('messages.set-quiet-hours', posts, path),
    }
  })

/** Sets the hours of a unit and all below that have none of their own. Refuses `people.not-permitted`. */
export const setQuietHours = (
  { door }: Services,
  actor: Actor,
  { unitId }: ParamsOf<typeof setting>,
  { from, until }: BodyOf<typeof setting>,
): Promise<Record<string, never>> =>
  door.asActor(actor, async (db, { posts, personId }) => {
    const path = await getUnitPath(db, unitId)
    const refusal = whyNotPermitted('messages.set-quiet-hours', posts, path)
    if (refusal) throw refusal
    await db.change(sql`insert into quiet_hours (unit_id, unit_path, from_minute, until_minute, set_by)
      values (${unitId}, ${path}, ${minuteOf(from)}, ${minuteOf(until)}, ${personId})
      on conflict (unit_id) do update set from_minute = excluded.from_minute, until_minute = excluded.until_minute, set_by = excluded.set_by`)
    await audit(db, { actorId: personId, action: 'messages.set-quiet-hours', outcome: 'done', scope: path })
    return {}
  })
