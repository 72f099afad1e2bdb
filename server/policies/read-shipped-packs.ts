import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPacks, type Pack, type PackFile } from '#contract/policies'

const programFolder = join(import.meta.dirname, '../..')

/** Folder of the packs shipped with the program. */
export const shippedPacksFolder = join(programFolder, 'policies')

type Files = ReadonlyMap<string, readonly PackFile[]>

const readFiles = (folder: string): Files => {
  const issuers = readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []))
  const filesOf = (issuer: string) =>
    readdirSync(join(folder, issuer))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({ name, text: readFileSync(join(folder, issuer, name), 'utf8') }))
  return new Map(issuers.map((issuer) => [issuer, filesOf(issuer)]))
}

const loaded = (files: Files): readonly Pack[] => {
  const read = loadPacks(files)
  if ('packs' in read) return read.packs
  const lines = read.problems.map(({ file, line, rule, sentence }) => `${file}:${line} ${rule ?? ''} ${sentence}`)
  throw new Error(`政策包有问题,不能启动:\n${lines.join('\n')}`)
}

const contractFolder = join(programFolder, 'contract')
const kept = join(programFolder, '.cache/shipped-packs.json')

// What a pack becomes follows from its text and from the program that reads it.
const keyOf = (files: Files): string => {
  const hash = createHash('sha256').update(JSON.stringify([...files]))
  for (const name of (readdirSync(contractFolder, { recursive: true }) as string[]).sort()) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const { size, mtimeMs } = statSync(join(contractFolder, name))
    hash.update(`${name} ${size} ${mtimeMs} `)
  }
  return hash.digest('hex')
}

const readKept = (key: string): readonly Pack[] | undefined => {
  try {
    const found = JSON.parse(readFileSync(kept, 'utf8')) as { key: string; packs: readonly Pack[] }
    return found.key === key ? found.packs : undefined
  } catch {
    return undefined
  }
}

const keep = (key: string, packs: readonly Pack[]): void => {
  try {
    mkdirSync(join(kept, '..'), { recursive: true })
    writeFileSync(`${kept}.${process.pid}`, JSON.stringify({ key, packs }))
    renameSync(`${kept}.${process.pid}`, kept)
  } catch {
    // A folder that cannot be written only means reading them again next time.
  }
}

/**
 * Reads and checks every shipped pack; a pack with a problem stops the start with file, line and sentence. What was read
 * and checked once is kept beside the program until a pack or the program changes: checking takes most of a second.
 */
export const readShippedPacks = (folder = shippedPacksFolder): readonly Pack[] => {
  const files = readFiles(folder)
  if (folder !== shippedPacksFolder) return loaded(files)
  const key = keyOf(files)
  const known = readKept(key)
  if (known) return known
  const packs = loaded(files)
  keep(key, packs)
  return packs
}
