import type { markRead as declared } from '#contract/messages'
import type { BodyOf } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

/** Marks my messages as read, all of them without ids; the sender sees when. Read once is read. */
export const markRead = (
  { door }: Services,
  actor: Actor,
  { ids }: BodyOf<typeof declared>,
): Promise<{ changed: number }> =>
  door.asActor(actor, async (db) => ({
    changed: await db.change(sql`update messages set read_at = now()
      where to_person = ${actor.personId} and read_at is null and (${ids ?? null}::uuid[] is null or id = any(${ids ?? null}::uuid[]))`),
  }))
