import { type getMe as declared, familyOf, permissionsOf, placesOf, postLabel } from '#contract/people'
import { type AnswerOf, Refusal } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

interface UnitRow {
  readonly id: string
  readonly name: string
  readonly path: string
}

/** Who is signed in, which posts they hold, and what the shell shows them. Refuses `people.no-unit`. */
export const getMe = async (services: Services, actor: Actor): Promise<AnswerOf<typeof declared>> => {
  return services.door.asActor(actor, async (db, { personId, name, posts, settings }) => {
    const homeUnit = await db.first<UnitRow>(
      sql`select id, name, path from units where path = ${settings.home_lo ?? settings.at ?? ''}`,
    )
    if (!homeUnit) throw new Refusal('people.no-unit', '您还没有所在单位,请联系管理员。', 'forbidden')
    const permissions = permissionsOf(posts)
    const family = familyOf({ settings }) ?? null
    return {
      personId,
      name,
      posts: posts.map(({ post, unitId, unitName, unitPath }) => ({
        post,
        label: postLabel(post),
        unitId,
        unitName,
        unitPath,
      })),
      family,
      places: family ? ['my'] : placesOf(permissions),
      homeUnit,
      permissions: [...permissions],
      today: services.today(),
      demo: services.demo,
    }
  })
}
