import { createRequire } from 'node:module'

// Loaded with the first name: an idle program does without its dictionary of 15 MB.
let spelling: typeof import('pinyin-pro') | undefined
const spellingOf = (): typeof import('pinyin-pro') => {
  spelling ??= createRequire(import.meta.url)('pinyin-pro') as typeof import('pinyin-pro')
  return spelling
}

const surnames = new Map<string, string>()
const others = new Map<string, string>()
const remembered = 20_000

const initialOf = (character: string, first: boolean): string => {
  const known = (first ? surnames : others).get(character)
  if (known !== undefined) return known
  const spelt = spellingOf().pinyin(character, {
    pattern: 'first',
    toneType: 'none',
    ...(first ? { surname: 'all' } : {}),
  })
  const letter = /^[a-z]$/i.test(spelt) ? spelt.toLowerCase() : ''
  const map = first ? surnames : others
  if (map.size < remembered) map.set(character, letter)
  return letter
}

/** Pinyin initials of a name, the first character read as a surname: 单雄信 is `sxx`. Signs without a reading are left out. */
export const initialsOf = (name: string): string => {
  let initials = ''
  let first = true
  for (const character of name) {
    initials += initialOf(character, first)
    first = false
  }
  return initials
}
