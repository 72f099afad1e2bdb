import { Refusal } from '#contract/platform'
import { largestPack, loadPack, type Pack, type PackFile, type PackProblem, packHeader } from '#contract/policies'
import { packsUnder } from './adoptions.ts'
import type { KnownPacks } from './known-packs.ts'
import type { Registry } from './registry.ts'

/** A pack as handed in, checked against the packs it would stand on. */
export type HandedIn =
  | { readonly pack: Pack; readonly above: readonly Pack[] }
  | { readonly problems: readonly PackProblem[] }

/** The newest version of an issuer and what it stands on, highest first. */
export const newestChain = (known: KnownPacks, issuer: string, inside: readonly string[] = []): readonly Pack[] => {
  const newest = known.versionsOf(issuer).at(-1)?.pack
  if (!newest || inside.includes(issuer)) return []
  return [...(newest.extends ? newestChain(known, newest.extends, [...inside, issuer]) : []), newest]
}

// What holds at the unit comes first: the pack is written for the versions it will stand on there.
const chainAbove = (registry: Registry, unitPath: string, today: string, parent: string): readonly Pack[] => {
  const here = packsUnder(registry.known(), registry.adoptionsAt(unitPath, today))
  const at = here.findIndex(({ issuer }) => issuer === parent)
  if (at < 0) return newestChain(registry.known(), parent)
  const chain: Pack[] = []
  for (let next: string | undefined = parent; next !== undefined; ) {
    const pack: Pack | undefined = here.find(({ issuer }) => issuer === next)
    if (!pack || chain.includes(pack)) break
    chain.unshift(pack)
    next = pack.extends
  }
  return chain
}

/** Why files that extend each other were handed in: a circle can only close through the issuer itself. */
const circleOf = (known: KnownPacks, issuer: string, parent: string): PackProblem | undefined =>
  newestChain(known, parent).some((pack) => pack.issuer === issuer)
    ? { file: 'pack.yaml', line: 1, sentence: `“${issuer}”与“${parent}”互相继承成了圈` }
    : undefined

/** Reads what an office hands in with the loader that reads every pack. Refuses `policies.pack-too-large`. */
export const readHandedIn = (
  registry: Registry,
  unitPath: string,
  today: string,
  files: readonly PackFile[],
): HandedIn => {
  const size = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  if (size > largestPack)
    throw new Refusal('policies.pack-too-large', '政策包超过 1 MB,请检查内容或拆成几个包。', 'too-large')
  const names = files.map(({ name }) => name)
  if (new Set(names).size < names.length)
    return { problems: [{ file: names[0] ?? 'pack.yaml', line: 1, sentence: '同名的文件交了两份' }] }
  const { issuer, parent } = packHeader(files)
  const circle = issuer && parent && issuer !== parent ? circleOf(registry.known(), issuer, parent) : undefined
  if (circle) return { problems: [circle] }
  const above = parent && issuer !== parent ? chainAbove(registry, unitPath, today, parent) : []
  const loaded = loadPack(files, above)
  return 'pack' in loaded ? { pack: loaded.pack, above } : loaded
}
