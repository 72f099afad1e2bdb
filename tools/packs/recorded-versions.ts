import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { compareVersionNumbers, type Pack, type PackFile } from '#contract/policies'

/** Issuer → version → digest of what the pack says. */
type Recorded = Readonly<Record<string, Readonly<Record<string, string>>>>
export type PackFiles = ReadonlyMap<string, readonly PackFile[]>

const placeOf = (folder: string): string => join(folder, 'versions.yaml')

const head = `# What each version of each pack says, as a digest. A version once written here is never written anew: a pack whose text
# changed takes a new number (docs/decisions/2026-11-22-pack-versions.md). Written by: npm run pack -- record\n`

// Keys in order, so that only what a pack says counts: not comments, line ends or the order of words in an entry.
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, ordered(one)]),
  )
}

/** The digest of what the files of a pack say, its version left out. */
export const digestOf = (files: readonly PackFile[]): string => {
  const said = files
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, text }) => {
      const data: unknown = parse(text, { maxAliasCount: 0 })
      if (name !== 'pack.yaml') return [name, ordered(data)]
      const { version: _, ...header } = data as Record<string, unknown>
      return [name, ordered(header)]
    })
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32)
}

const readRecorded = (folder: string): Recorded | undefined =>
  existsSync(placeOf(folder)) ? (parse(readFileSync(placeOf(folder), 'utf8')) as Recorded) : undefined

/** What is wrong with the versions of a folder of packs; a folder without a list of versions is an author's own. */
export const wrongVersions = (folder: string, packs: readonly Pack[], files: PackFiles): readonly string[] => {
  const recorded = readRecorded(folder)
  if (!recorded) return []
  return packs.flatMap(({ issuer, version }) => {
    const versions = recorded[issuer] ?? {}
    const known = versions[version]
    const digest = digestOf(files.get(issuer) ?? [])
    if (known === digest) return []
    if (known !== undefined)
      return [`${issuer} ${version} 已经登记在册,内容却改了:请提高版本号(更正第三位、新增第二位、修改或终止第一位)`]
    const newest = Object.keys(versions).toSorted(compareVersionNumbers).at(-1)
    if (newest !== undefined && compareVersionNumbers(version, newest) < 0)
      return [`${issuer} ${version} 低于已登记的 ${newest}`]
    if (newest !== undefined && versions[newest] === digest)
      return [`${issuer} ${version} 与已登记的 ${newest} 没有不同`]
    return [`${issuer} ${version} 还没有登记:请运行 npm run pack -- record`]
  })
}

/** Writes down the versions not yet in the list; those in it stay as they are. Answers what was added. */
export const recordVersions = (folder: string, packs: readonly Pack[], files: PackFiles): readonly string[] => {
  const recorded = readRecorded(folder) ?? {}
  const fresh = packs.filter(({ issuer, version }) => recorded[issuer]?.[version] === undefined)
  const all: Record<string, Record<string, string>> = structuredClone(recorded) as never
  for (const { issuer, version } of fresh)
    all[issuer] = { ...all[issuer], [version]: digestOf(files.get(issuer) ?? []) }
  writeFileSync(placeOf(folder), head + stringify(ordered(all)))
  return fresh.map(({ issuer, version }) => `${issuer} ${version}`)
}
