import { loadPack } from './load-pack.ts'
import { type PackFile, readYaml } from './loading/read-yaml.ts'
import type { Pack, PackProblem } from './pack.ts'

export type LoadedPacks = { readonly packs: readonly Pack[] } | { readonly problems: readonly PackProblem[] }

/**
 * Loads several packs that extend each other, whatever order they come in. A folder's name is put before its files'
 * names in problems. Packs that extend each other in a circle, or something that is not there, are refused.
 */
export function loadPacks(folders: ReadonlyMap<string, readonly PackFile[]>): LoadedPacks {
  const loaded = new Map<string, Pack>()
  const problems: PackProblem[] = []
  const waiting = new Map([...folders].map(([folder, files]) => [folder, { files, parent: parentOf(files) }]))
  for (let progress = true; progress; ) {
    progress = false
    for (const [folder, { files, parent }] of waiting) {
      if (parent !== undefined && !loaded.has(parent)) continue
      waiting.delete(folder)
      progress = true
      const result = loadPack(files, parent === undefined ? [] : chainOf([...loaded.values()], parent))
      if ('pack' in result) loaded.set(result.pack.issuer, result.pack)
      else problems.push(...result.problems.map((problem) => ({ ...problem, file: `${folder}/${problem.file}` })))
    }
  }
  for (const [folder, { parent }] of waiting)
    problems.push({
      file: `${folder}/pack.yaml`,
      line: 1,
      sentence: `所继承的政策包“${parent}”不存在、有问题,或者互相继承成了圈`,
    })
  return problems.length > 0 ? { problems } : { packs: [...loaded.values()] }
}

/** The pack of an issuer and those it extends, highest first: what a unit that adopts it stands under. */
export function chainOf(packs: readonly Pack[], issuer: string): readonly Pack[] {
  const chain: Pack[] = []
  let next: string | undefined = issuer
  while (next !== undefined) {
    const pack = packs.find((candidate) => candidate.issuer === next)
    if (!pack || chain.includes(pack)) break
    chain.unshift(pack)
    next = pack.extends
  }
  return chain
}

/** Whom a pack extends, read without judging the rest of it. */
const parentOf = (files: readonly PackFile[]): string | undefined => packHeader(files).parent

/** Who issued a pack and whom it extends, read without judging the rest of it. */
export function packHeader(files: readonly PackFile[]): { readonly issuer?: string; readonly parent?: string } {
  const file = files.find(({ name }) => name === 'pack.yaml')
  const read = file && readYaml(file)
  if (!read || 'problems' in read || typeof read.data !== 'object' || read.data === null) return {}
  const { issuer, extends: parent } = read.data as Record<string, unknown>
  return {
    ...(typeof issuer === 'string' && { issuer }),
    ...(typeof parent === 'string' && { parent }),
  }
}
