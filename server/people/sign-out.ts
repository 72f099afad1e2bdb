import { type Actor, audit, type Services, type SessionAnswer, sql } from '#server/platform'

/** Ends the session at once; the cookie is taken back. */
export const signOut = async ({ door }: Services, actor: Actor): Promise<SessionAnswer<Record<string, never>>> => {
  await door.asGate(async (db) => {
    await db.change(sql`delete from sessions where token_hash = decode(${actor.sessionHash}, 'hex')`)
    await audit(db, {
      actorId: actor.personId,
      action: 'people.sign-out',
      outcome: 'done',
      scope: actor.settings.home_lo ?? actor.settings.at ?? '',
    })
  })
  return { answer: {}, session: null }
}
