import { type Permission, whyNotPermitted } from '#contract/people'
import { notFound } from '#contract/platform'
import { type Actor, type Services, sql } from '#server/platform'

export interface UnitHere {
  readonly id: string
  readonly path: string
  readonly name: string
}

/** The unit, for a person whose post there or above allows the operation; refuses otherwise. */
export const getUnitFor = async (
  services: Services,
  actor: Actor,
  unitId: string,
  permission: Permission,
): Promise<UnitHere> => {
  const unit = await findUnit(services, actor, unitId)
  const refusal = whyNotPermitted(permission, actor.posts, unit.path)
  if (refusal) throw refusal
  return unit
}

/** Any unit that stands; units are not secret. */
export const findUnit = async (services: Services, actor: Actor, unitId: string): Promise<UnitHere> => {
  const [unit] = await services.door.readAsActor<UnitHere>(
    actor,
    sql`select id, path, name from units where id = ${unitId} and closed_on is null`,
  )
  if (!unit) throw notFound()
  return unit
}
