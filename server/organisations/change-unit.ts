import { type changeUnit as declared, type TreeUnit, whyNotOn } from '#contract/organisations'
import { type BodyOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Events, type Services } from '#server/platform'
import { closeUnit } from './close-unit.ts'
import { getTreeUnit, holdTreeUnits } from './find-unit.ts'
import { mergeUnit } from './merge-unit.ts'
import { moveUnit } from './move-unit.ts'
import { renameUnit } from './rename-unit.ts'
import { insist, type WhyNot } from './rights.ts'

type Change = BodyOf<typeof declared>

const otherOf = (change: Change): string | undefined =>
  change.change === 'moved' ? change.parentId : change.change === 'merged' ? change.intoUnitId : undefined

// Whoever changes a unit keeps the one above it: a school doesn't rename, move or close itself.
const mayChange = async (db: Db, whyNot: WhyNot, me: Actor, unitId: string, change: Change): Promise<TreeUnit> => {
  const unit = await getTreeUnit(db, unitId)
  if (unit.parentId === null) throw new Refusal('organisations.root', '最上级单位由管理员在安装时设定,不能变更。')
  const parent = await getTreeUnit(db, unit.parentId)
  insist(whyNot('organisations.change-unit', me.posts, parent.path))
  const otherId = otherOf(change)
  const other = otherId === undefined ? undefined : await getTreeUnit(db, otherId)
  if (other) insist(whyNot('organisations.change-unit', me.posts, other.path))
  return unit
}

const apply = async (db: Db, events: Events, unitId: string, change: Change, by: string): Promise<void> => {
  const otherId = otherOf(change)
  const held = await holdTreeUnits(db, otherId ? [unitId, otherId] : [unitId])
  const unit = held.get(unitId) as TreeUnit
  const told = { on: change.on, by }
  if (change.change === 'renamed') return renameUnit(db, unit, { ...told, name: change.name })
  if (change.change === 'closed') return closeUnit(db, events, unit, told)
  const other = held.get(otherId as string) as TreeUnit
  return change.change === 'moved' ? moveUnit(db, events, unit, other, told) : mergeUnit(db, events, unit, other, told)
}

/**
 * Renames, moves, merges or closes a unit in one transaction, with its history kept. [T2]
 * Refuses `organisations.*` reasons in words, and posts that keep neither the unit above nor the one it goes to.
 */
export const changeUnit = async (
  services: Services,
  whyNot: WhyNot,
  actor: Actor,
  unitId: string,
  change: Change,
): Promise<{ unitId: string }> => {
  insist(whyNotOn(change.on, services.today()))
  const unit = await services.door.asActor(actor, (db, me) => mayChange(db, whyNot, me, unitId, change))
  await services.door.asJob('importer', async (db) => {
    await apply(db, services.events, unitId, change, actor.personId)
    await audit(db, {
      actorId: actor.personId,
      action: 'organisations.change-unit',
      outcome: 'done',
      scope: unit.path,
      subject: unitId,
      detail: { change: change.change, other: otherOf(change) ?? null, on: change.on },
    })
  })
  return { unitId }
}
