import { forbidden, notFound, type PlainDate } from '#contract/platform'
import type { Plans } from '#server/duties'
import type { Actor, Services } from '#server/platform'
import type { Registry } from '#server/policies'
import { namesOpen } from './get-coverage.ts'
import { readScene, type Scene, type View } from './scene.ts'

/** A name list opened: where, which coverage. */
export interface Opened {
  readonly scene: Scene
  readonly view: View
}

/** Opens a name list for this person. Refuses not-found and `counts.names-closed`. [G3] */
export const openNames = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  { unitId, coverage }: { readonly unitId: string; readonly coverage: number },
  on?: PlainDate,
): Promise<Opened> => {
  const scene = await readScene(services, registry, plans, actor, unitId, on)
  const view = scene.views.find(({ number }) => number === coverage)
  if (!view) throw notFound()
  if (!namesOpen(scene, actor, view)) throw forbidden('counts.names-closed', '这份名单只对规定的岗位开放。')
  return { scene, view }
}

/** Who answers for the duty that is missing. */
export const ownerPost = ({ planned }: View): string =>
  (planned?.duties[0]?.duty ?? planned?.events[0]?.duty)?.by ?? 'class-teacher'

/** Students missing in one class, by id. */
export interface MissingGroup {
  readonly schoolId: string
  readonly scope: string
  readonly ids: readonly string[]
}
