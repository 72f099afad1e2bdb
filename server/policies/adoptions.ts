import type { Pack } from '#contract/policies'
import { type Db, sql } from '#server/platform'
import type { KnownPacks } from './known-packs.ts'

/** A unit follows a version of a pack from a day on; everything below inherits. */
export interface Adoption {
  readonly unitPath: string
  readonly issuer: string
  readonly version: string
  readonly from: string
  /** First day on which it no longer holds. */
  readonly until: string | null
  /** `issuer@version` of higher packs that came along. */
  readonly parents: readonly string[]
}

/** Every adoption that was not withdrawn, highest unit first, then by its first day. */
export const readAdoptions = (db: Db): Promise<Adoption[]> =>
  db.rows<Adoption>(sql`select unit_path as "unitPath", issuer, version, from_date as "from", until_date as until, parents
    from pack_adoptions where withdrawn_at is null order by length(unit_path), unit_path, from_date, recorded_at, id`)

/**
 * What holds along the way down to a unit on a day. At one unit the adoption of an issuer that began last has the word,
 * whether it still holds or was ended: an ended version does not bring back the one before it.
 */
export const adoptionsOn = (adoptions: readonly Adoption[], unitPath: string, date: string): readonly Adoption[] => {
  const last = new Map<string, Adoption>()
  for (const one of adoptions)
    if (unitPath.startsWith(one.unitPath) && one.from <= date) {
      const place = `${one.unitPath} ${one.issuer}`
      last.delete(place)
      last.set(place, one)
    }
  return [...last.values()].filter(({ until }) => until === null || date < until)
}

/**
 * The packs that hold under these adoptions, each below the one it extends. A lower unit's version of an issuer takes
 * the place of the higher unit's. A higher pack nobody adopts comes along in the version it was adopted with.
 */
export const packsUnder = (known: KnownPacks, adoptions: readonly Adoption[]): readonly Pack[] => {
  const chosen = new Map<string, Pack>()
  for (const { issuer, version } of adoptions) {
    const pack = known.find(issuer, version)
    if (pack) chosen.set(issuer, pack)
  }
  const chain: Pack[] = []
  const place = (pack: Pack, parents: readonly string[], inside: readonly string[]): void => {
    if (chain.some(({ issuer }) => issuer === pack.issuer) || inside.includes(pack.issuer)) return
    const parent = pack.extends && (chosen.get(pack.extends) ?? cameAlong(known, pack.extends, parents))
    if (parent) place(parent, parents, [...inside, pack.issuer])
    chain.push(pack)
  }
  for (const { issuer, parents } of adoptions) {
    const pack = chosen.get(issuer)
    if (pack) place(pack, parents, [])
  }
  return chain
}

const cameAlong = (known: KnownPacks, issuer: string, parents: readonly string[]): Pack | undefined => {
  const named = parents.find((one) => one.startsWith(`${issuer}@`))?.slice(issuer.length + 1)
  return (named && known.find(issuer, named)) || known.versionsOf(issuer)[0]?.pack
}
