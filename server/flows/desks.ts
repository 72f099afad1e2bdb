import type { Actor, Db, Door } from '#server/platform'
import { sql } from '#server/platform'

/** A desk: a post at a path. Whoever holds the post there finds what lies on it. */
export const deskAt = (path: string, post: string): string => `${path}~${post}`

export const postOfDesk = (desk: string): string => desk.slice(desk.indexOf('~') + 1)
export const pathOfDesk = (desk: string): string => desk.slice(0, desk.indexOf('~'))

/** The desks a person sits at. */
export const desksOf = ({ posts }: Pick<Actor, 'posts'>): readonly string[] => [
  ...new Set(posts.map(({ unitPath, post }) => deskAt(unitPath, post))),
]

/**
 * A transaction of a person who takes part in cases: beside what their posts see, the cases on their desks exist for
 * them. Desks follow from the posts the door has just found to be fresh.
 */
export const asParticipant = <T>(door: Door, actor: Actor, work: (db: Db, me: Actor) => Promise<T>): Promise<T> =>
  door.asActor(actor, async (db, me) => {
    const sat = db.rows(sql`select set_config('app.desks', ${`{${desksOf(me).join(',')}}`}, true)`)
    const [outcome] = await Promise.all([work(db, me), sat])
    return outcome
  })
