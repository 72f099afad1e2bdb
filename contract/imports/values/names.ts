import { fault, found, type Normalised } from './result.ts'
import { characterCount, hasControlCharacters, hasPictographs, isPlainHan, isPlainText, trimmed } from './text.ts'

/** Longest name the data standard allows (JY/T 1002), in characters as people count them. */
export const longestName = 36

const oddInName =
  /[<>{}[\]|\\^~`@#$%&*=+;:\x22!?,_\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\u300a\u300b\u3010\u3011]|^[\d\s]+$/
const chineseGap = /(?<=\p{Script=Han})[\s\u3000]+(?=\p{Script=Han})/gu
const manyGaps = /[\s\u3000]+/g
const hasGap = /[\s\u3000]/
const separators = /[\u3001,\uff0c;\uff1b/\n]+|(?<=\p{Script=Han}{2})\s+(?=\p{Script=Han}{2})/u

/**
 * A person's name, kept as written: rare characters and middle dots stay, only spaces that pad the cell or stretch a
 * two-character name (王 芳) go. Over 36 characters, emoji and control characters are refused.
 */
export function readName(text: string): Normalised<string> {
  let name = trimmed(text)
  if (name === '') return undefined
  if (name.length <= longestName && isPlainHan(name)) return found(name)
  if (characterCount(name) > longestName) return fault('name.too-long', `姓名超过 ${longestName} 个字`)
  if (hasControlCharacters(name)) return fault('name.characters', '姓名里有看不见或成了乱码的字符')
  if (hasPictographs(name)) return fault('name.characters', '姓名里有表情符号')
  if (oddInName.test(name)) return fault('name.characters', '姓名里有不该出现的符号')
  if (hasGap.test(name)) name = name.replace(chineseGap, '').replace(manyGaps, ' ')
  return found(name)
}

/** Several names in one cell: 贾俊、石哲英 or 贾俊,石哲英. Refused when one of them is no name. */
export function readNames(text: string): Normalised<readonly string[]> {
  const whole = trimmed(text)
  if (whole === '') return undefined
  const names: string[] = []
  for (const part of whole.split(separators)) {
    const name = readName(part)
    if (!name) continue
    if ('fault' in name) return name
    names.push(name.value)
  }
  return names.length === 0 ? undefined : found(names)
}

/** Free text, trimmed; at most `longest` characters, no control characters. */
export function readText(text: string, longest: number): Normalised<string> {
  const value = trimmed(text)
  if (value === '') return undefined
  if (value.length <= longest && isPlainText(value)) return found(value)
  if (value.length > longest && characterCount(value) > longest)
    return fault('text.too-long', `文字超过 ${longest} 个字`)
  if (hasControlCharacters(value)) return fault('text.characters', '文字里有看不见或成了乱码的字符')
  return found(value)
}
