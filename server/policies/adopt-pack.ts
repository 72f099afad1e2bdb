import type { BodyOf, ParamsOf } from '#contract/platform'
import { notFound, Refusal } from '#contract/platform'
import {
  type adoptPack as adoptDeclared,
  type endAdoption as endDeclared,
  type Pack,
  whyNotAdoptFrom,
  whyNotEnd,
  whyNotTogether,
  whyNotWithdraw,
  type withdrawAdoption as withdrawDeclared,
} from '#contract/policies'
import { type Actor, audit, type Db, type Services, sql } from '#server/platform'
import type { Adoption } from './adoptions.ts'
import { startApplying } from './apply-adoption.ts'
import { getUnitFor, type UnitHere } from './find-unit.ts'
import { newestChain } from './read-handed-in.ts'
import type { Registry } from './registry.ts'

type Wish = BodyOf<typeof adoptDeclared>

const insist = (refusal: Refusal | undefined): void => {
  if (refusal) throw refusal
}

/** The adoption that a wish amounts to: with it come the higher packs that nobody along the way adopts. */
export const adoptionOf = (
  registry: Registry,
  unitPath: string,
  wish: Pick<Wish, 'issuer' | 'version' | 'from'>,
): { readonly adoption: Adoption; readonly pack: Pack } => {
  const pack = registry.known().find(wish.issuer, wish.version)
  if (!pack) throw new Refusal('policies.no-such-version', '没有这个政策包或这一版,请先交包。', 'invalid')
  const adopted = registry.adoptionsAt(unitPath, wish.from).map(({ issuer }) => issuer)
  const parents = (pack.extends ? newestChain(registry.known(), pack.extends) : [])
    .filter(({ issuer }) => !adopted.includes(issuer))
    .map(({ issuer, version }) => `${issuer}@${version}`)
  return {
    pack,
    adoption: { unitPath, issuer: wish.issuer, version: wish.version, from: wish.from, until: null, parents },
  }
}

/** Why this version cannot stand at the unit from that day. */
export const whyNotAdopt = (
  registry: Registry,
  unit: UnitHere,
  wish: Pick<Wish, 'issuer' | 'version' | 'from'>,
  today: string,
): Refusal | undefined => {
  const early = whyNotAdoptFrom(wish.from, today)
  if (early) return early
  const { adoption } = adoptionOf(registry, unit.path, wish)
  const here = registry
    .adoptionsAt(unit.path, wish.from)
    .find((one) => one.unitPath === unit.path && one.issuer === wish.issuer)
  if (here?.version === wish.version) return new Refusal('policies.already-adopted', '那一天执行的就是这一版。')
  return whyNotTogether(registry.inForceWith(unit.path, wish.from, [adoption]).packs)
}

// One word after another at one unit: two officers adopting at once must not both be the last.
const holdUnit = (db: Db, unitId: string) =>
  db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${unitId}::text, 11))`)

const follow = async (services: Services, registry: Registry, unit: UnitHere, from: string): Promise<void> => {
  await registry.refresh()
  if (from <= services.today()) await startApplying(services, registry, unit.path, services.today())
}

/**
 * Adopts a version of a pack at a unit from a day on; everything below follows. Beginning today, classes, duties and
 * figures of the schools below follow at once; later days are reached by the nightly work. The same id twice adopts once.
 * Refuses `policies.adopt-in-the-past`, `.no-such-version`, `.already-adopted`, `.rules-hang`.
 */
export const adoptVersion = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId }: ParamsOf<typeof adoptDeclared>,
  wish: Wish,
): Promise<{ id: string }> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.adopt-pack')
  await registry.refresh()
  await services.door.asJob('importer', async (db) => {
    await holdUnit(db, unit.id)
    const known = await db.first(
      sql`select 1 as known from pack_adoptions where id = ${wish.id} and unit_id = ${unit.id} and issuer = ${wish.issuer}
        and version = ${wish.version} and from_date = ${wish.from}::date`,
    )
    if (known) return
    insist(whyNotAdopt(registry, unit, wish, services.today()))
    const { adoption } = adoptionOf(registry, unit.path, wish)
    const stored =
      await db.change(sql`insert into pack_adoptions (id, unit_id, unit_path, issuer, version, from_date, adopted_by, parents)
      values (${wish.id}, ${unit.id}, ${unit.path}, ${wish.issuer}, ${wish.version}, ${wish.from}, ${actor.personId}, ${adoption.parents})
      on conflict (id) do nothing`)
    if (stored === 0) throw new Refusal('policies.id-taken', '这个编号已经用过,请重新打开再办。')
    await note(db, actor, 'policies.adopt-pack', unit, wish.id, {
      issuer: wish.issuer,
      version: wish.version,
      from: wish.from,
    })
  })
  await follow(services, registry, unit, wish.from)
  return { id: wish.id }
}

const note = (
  db: Db,
  actor: Actor,
  action: string,
  unit: UnitHere,
  subject: string,
  detail: Readonly<Record<string, string>>,
): Promise<number> => audit(db, { actorId: actor.personId, action, outcome: 'done', scope: unit.path, subject, detail })

interface OnFile {
  readonly from: string
  readonly until: string | null
  readonly withdrawn: boolean
}

const getAdoption = async (db: Db, unitId: string, adoptionId: string): Promise<OnFile> => {
  await holdUnit(db, unitId)
  const found =
    await db.first<OnFile>(sql`select from_date as "from", until_date as until, withdrawn_at is not null as withdrawn
    from pack_adoptions where id = ${adoptionId} and unit_id = ${unitId}`)
  if (!found) throw notFound()
  return found
}

/** Takes an adoption back before its first day: it never held, and only the history tells. Refuses `policies.adoption-over`. */
export const takeBackAdoption = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId, adoptionId }: ParamsOf<typeof withdrawDeclared>,
): Promise<{ id: string }> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.adopt-pack')
  await services.door.asJob('importer', async (db) => {
    insist(whyNotWithdraw(await getAdoption(db, unit.id, adoptionId), services.today()))
    await db.change(
      sql`update pack_adoptions set withdrawn_at = now(), withdrawn_by = ${actor.personId} where id = ${adoptionId}`,
    )
    await note(db, actor, 'policies.withdraw-adoption', unit, adoptionId, {})
  })
  await registry.refresh()
  return { id: adoptionId }
}

/** Ends an adoption: from that day on it holds no more. Refuses `policies.end-in-the-past`, `.end-before-start`, `.adoption-over`. */
export const endAdopted = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { unitId, adoptionId }: ParamsOf<typeof endDeclared>,
  { on }: BodyOf<typeof endDeclared>,
): Promise<{ id: string }> => {
  const unit = await getUnitFor(services, actor, unitId, 'policies.adopt-pack')
  await services.door.asJob('importer', async (db) => {
    insist(whyNotEnd(await getAdoption(db, unit.id, adoptionId), on, services.today()))
    await db.change(sql`update pack_adoptions set until_date = ${on}, ended_at = now(), ended_by = ${actor.personId}
      where id = ${adoptionId}`)
    await note(db, actor, 'policies.end-adoption', unit, adoptionId, { on })
  })
  await follow(services, registry, unit, on)
  return { id: adoptionId }
}
