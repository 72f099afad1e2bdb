import type { Actor, Db, Door, Statement } from '#server/platform'

/** A desk: a post at a path. Whoever holds the post there finds what lies on it. */
export const deskAt = (path: string, post: string): string => `${path}~${post}`

export const postOfDesk = (desk: string): string => desk.slice(desk.indexOf('~') + 1)
export const pathOfDesk = (desk: string): string => desk.slice(0, desk.indexOf('~'))

/** The desks a person sits at. */
export const desksOf = ({ posts }: Pick<Actor, 'posts'>): readonly string[] => [
  ...new Set(posts.map(({ unitPath, post }) => deskAt(unitPath, post))),
]

/** Open panels a person sits on, and those they chair; known inside `asParticipant`. */
export const panelSeatsOf = ({
  settings,
}: Pick<Actor, 'settings'>): { readonly panels: readonly string[]; readonly chairs: readonly string[] } => ({
  panels: (settings.panels ?? '').split(',').filter(Boolean),
  chairs: (settings.panel_chairs ?? '').split(',').filter(Boolean),
})

interface Seats {
  readonly panels: string
  readonly panel_chairs: string
}

/** Has a desk read along its index, which gives the order, whatever number of rows the planner guesses a policy lets through. */
export const readDeskByDesk = `set_config('enable_bitmapscan', 'off', true) || set_config('enable_sort', 'off', true)`

/**
 * The seats of a person, read under their own policy and set in the same statement, for what follows in one flush. With
 * `inOrder` that is read along the index of a desk, which gives the order: guessing how many rows a policy lets through,
 * the planner would fetch them all and sort.
 */
export const seatStatement = (me: Actor, inOrder = false): Statement => ({
  text: `select set_config('app.panels', '{' || s.panels || '}', true), s.panels, s.panel_chairs,
      set_config('app.desks', $2, true)${inOrder ? `, ${readDeskByDesk}` : ''}
    from (select coalesce(string_agg(panel_id::text, ','), '') as panels,
        coalesce(string_agg(panel_id::text, ',') filter (where chair), '') as panel_chairs
      from flow_panel_members where person_id = $1 and sits) s`,
  values: [me.personId, `{${desksOf(me).join(',')}}`],
  plannedOnce: true,
})

/**
 * Sits a person down for the rest of a transaction: beside what their posts see, the cases on their desks and of their open
 * panels exist for them. What is sent behind it need not wait. Desks follow from the posts the door finds to be fresh.
 */
export const seat = async (db: Db, me: Actor): Promise<Actor> => {
  const seats = await db.first<Seats>(seatStatement(me))
  if (!seats?.panels) return me
  const { panels, panel_chairs } = seats
  return { ...me, settings: { ...me.settings, panels, panel_chairs } }
}

/** A transaction of a person who takes part in cases. */
export const asParticipant = <T>(door: Door, actor: Actor, work: (db: Db, me: Actor) => Promise<T>): Promise<T> =>
  door.asActor(actor, async (db, me) => work(db, await seat(db, me)))
