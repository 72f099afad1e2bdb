import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadPacks, type Pack } from '#contract/policies'

/** Folder of the packs shipped with the program. */
export const shippedPacksFolder = join(import.meta.dirname, '../../policies')

/** Reads and checks every shipped pack; a pack with a problem stops the start with file, line and sentence. */
export const readShippedPacks = (folder = shippedPacksFolder): readonly Pack[] => {
  const issuers = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())
  const files = (issuer: string) =>
    readdirSync(join(folder, issuer))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({ name, text: readFileSync(join(folder, issuer, name), 'utf8') }))
  const loaded = loadPacks(new Map(issuers.map((issuer) => [issuer, files(issuer)])))
  if ('packs' in loaded) return loaded.packs
  const lines = loaded.problems.map(({ file, line, rule, sentence }) => `${file}:${line} ${rule ?? ''} ${sentence}`)
  throw new Error(`政策包有问题,不能启动:\n${lines.join('\n')}`)
}
