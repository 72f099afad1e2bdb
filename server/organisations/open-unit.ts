import { type openUnit as declared, isSchoolKind, type TreeUnit, whyNotBelow } from '#contract/organisations'
import { type BodyOf, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import { choosePath } from './choose-step.ts'
import { getTreeUnit, holdTreeUnits } from './find-unit.ts'
import { insist, type WhyNot } from './rights.ts'

export type NewUnit = BodyOf<typeof declared>

const whyNotNamed = async (db: Db, { parentId, name }: NewUnit): Promise<Refusal | undefined> => {
  const taken = await db.first(
    sql`select 1 as taken from units where parent_id = ${parentId} and name = ${name} and closed_on is null`,
  )
  if (!taken) return undefined
  return new Refusal('organisations.name-taken', `这里已经有“${name}”。`, 'conflict', [
    { field: 'name', reason: '名称重复' },
  ])
}

const whyNotCoded = async (db: Db, { code }: NewUnit): Promise<Refusal | undefined> => {
  if (!code) return undefined
  const holder = await db.first<{ name: string }>(
    sql`select name from units where code = ${code} and closed_on is null limit 1`,
  )
  if (!holder) return undefined
  return new Refusal('organisations.code-taken', `标识码 ${code} 已用于${holder.name}。`, 'conflict', [
    { field: 'code', reason: '标识码重复' },
  ])
}

/**
 * Stores a new unit below its parent, as the importer; answers its path. The parent is held, so that two units of one
 * name cannot slip in together. Refuses `organisations.wrong-place`, `.name-taken`, `.code-taken`, `.closed`.
 */
export const storeUnit = async (
  db: Db,
  unit: NewUnit,
  place: { readonly grade?: number; readonly sort?: number } = {},
): Promise<string> => {
  const parent = (await holdTreeUnits(db, [unit.parentId])).get(unit.parentId) as TreeUnit
  insist(whyNotBelow(unit.kind, parent))
  insist((await whyNotNamed(db, unit)) ?? (await whyNotCoded(db, unit)))
  const path = await choosePath(db, parent.path)
  const schoolId = isSchoolKind(unit.kind) ? unit.id : parent.schoolId
  await db.change(sql`insert into units (id, parent_id, path, kind, name, code, region_code, urban, stage, grade, school_id, sort, opened_on)
    values (${unit.id}, ${unit.parentId}, ${path}, ${unit.kind}, ${unit.name}, ${unit.code}, ${unit.regionCode}, ${unit.urban},
      ${unit.stage}, ${place.grade ?? null}, ${schoolId}, ${place.sort ?? 0}, ${unit.openedOn})`)
  return path
}

/**
 * Opens a unit below another. [T2] The same id twice opens one. Refuses what `storeUnit` refuses and posts that don't
 * keep the unit above.
 */
export const openUnit = async (
  services: Services,
  whyNot: WhyNot,
  actor: Actor,
  unit: NewUnit,
): Promise<{ id: string }> => {
  const known = await services.door.asActor(actor, async (db, me) => {
    const parent = await getTreeUnit(db, unit.parentId)
    insist(whyNot('organisations.open-unit', me.posts, parent.path))
    return db.first(
      sql`select 1 as known from units where id = ${unit.id} and parent_id = ${unit.parentId} and name = ${unit.name}`,
    )
  })
  if (known) return { id: unit.id }
  await services.door.asJob('importer', async (db) => {
    const path = await storeUnit(db, unit)
    await audit(db, {
      actorId: actor.personId,
      action: 'organisations.open-unit',
      outcome: 'done',
      scope: path,
      subject: unit.id,
      detail: { kind: unit.kind },
    })
  })
  return { id: unit.id }
}
