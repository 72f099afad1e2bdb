/**
 * Text as offices type it: full-width digits, ideographic and zero-width spaces, stray line breaks.
 * Codes and numbers are folded by NFKC; names and sentences are kept as written, only trimmed.
 */

const edges = /^[\s\u3000\u200b-\u200d\u2060\ufeff]+|[\s\u3000\u200b-\u200d\u2060\ufeff]+$/g
const anySpace = /[\s\u3000\u200b-\u200d\u2060\ufeff]+/g
// what turns the direction of writing hides what stands there
const control = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffd-\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const pictograph = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u20e3\ufe0f]/u
const dots = /[·•・․‧∙⋅●.．]/g

const isSpaceCode = (code: number) =>
  code <= 32 || code === 0x3000 || code === 0xa0 || (code >= 0x2000 && code <= 0x206f) || code === 0xfeff

/** Removes spaces of every kind from both ends; the inside stays as written. */
export function trimmed(text: string): string {
  if (text.length === 0) return text
  if (!isSpaceCode(text.charCodeAt(0)) && !isSpaceCode(text.charCodeAt(text.length - 1))) return text
  return text.replace(edges, '')
}

const onlyAscii = (text: string) => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126 || text.charCodeAt(i) < 33) return false
  return true
}

/** A code or number as typed: NFKC, no spaces anywhere, upper case. `３２ｘ ` becomes `32X`. */
export function folded(text: string): string {
  if (text === '') return ''
  if (onlyAscii(text)) return text.toUpperCase()
  return text.normalize('NFKC').replace(anySpace, '').toUpperCase()
}

/** Words that stand for "nothing" in a cell. */
const nothing = new Set(['', '/', '\\', '-', '--', '—', '——', '无数据', '空', 'N/A', 'NULL', 'NONE'])

const longestNothing = 4
const beginsNothing = new Set([...nothing].flatMap((word) => [word.charCodeAt(0), word.toLowerCase().charCodeAt(0)]))

/** True when the cell says nothing at all: blank or one of the dashes offices use for blank. */
export function isBlank(text: string): boolean {
  const plain = trimmed(text)
  if (plain.length > longestNothing) return false
  return plain === '' || (beginsNothing.has(plain.charCodeAt(0)) && nothing.has(plain.toUpperCase()))
}

const ditto = /^(?:同上|同前|〃|″|”|"|ditto|-{2}同上-{2})$/i

const beginsDitto = new Set([...'同〃″”"dD-'].map((sign) => sign.charCodeAt(0)))

/** True when a cell points to the one above: what stands there is not copied down. */
export function isDitto(text: string): boolean {
  if (text.length > 8 || text === '') return false
  const first = text.charCodeAt(0)
  if (!isSpaceCode(first) && !beginsDitto.has(first)) return false
  const plain = trimmed(text)
  return beginsDitto.has(plain.charCodeAt(0)) && ditto.test(plain)
}

/** True when there is nothing in a text but the usual Chinese characters: no check of characters has anything to say. */
export function isPlainHan(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x4e00 || code > 0x9fff) return false
  }
  return true
}

/** True when there is nothing in a text but the usual Chinese characters and signs of ASCII, without any space. */
export function isPlainText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 33 || code > 0x9fff || (code > 126 && code < 0x4e00)) return false
  }
  return true
}

/** True when a text is digits and nothing else. */
export function isDigits(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return to > from
}

export const hasControlCharacters = (text: string): boolean => control.test(text)
export const hasPictographs = (text: string): boolean => pictograph.test(text)

/** Length in characters as people count them: `𠮷田` is 2. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

const keys = new Map<string, string>()

/**
 * The comparison key of a name: middle dots in all their variants are one, spaces and case do not count.
 * For comparing only; the name itself is stored as written.
 */
export function nameKey(name: string): string {
  if (isPlainHan(name)) return name
  const known = keys.get(name)
  if (known !== undefined) return known
  const key = name.normalize('NFKC').replace(anySpace, '').replace(dots, '·').toUpperCase()
  if (keys.size > 20_000) keys.clear()
  keys.set(name, key)
  return key
}
