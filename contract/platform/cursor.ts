import { Refusal } from './refusal.ts'

/** Where the next page begins: the sort key of the last line shown, packed as opaque text. */
export const packCursor = (parts: readonly (string | null)[]): string => JSON.stringify(parts)

/** Unpacks a cursor of exactly `length` texts; anything else is refused. */
export const unpackCursor = (cursor: string, length: number): readonly string[] => {
  const wrong = new Refusal('platform.cursor', '页码有误,请从第一页重新打开。', 'invalid')
  let parts: unknown
  try {
    parts = JSON.parse(cursor)
  } catch {
    throw wrong
  }
  if (!Array.isArray(parts) || parts.length !== length || !parts.every((part) => typeof part === 'string')) throw wrong
  return parts as string[]
}
