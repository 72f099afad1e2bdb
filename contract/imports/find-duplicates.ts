import { type FieldId, fieldOf } from './fields.ts'
import { kindOf, type ListKindId } from './kinds.ts'
import type { MappedColumn } from './mapping.ts'
import { openNumberMap } from './number-map.ts'
import type { RowFault, RowReading } from './read-row.ts'
import { headingOf } from './row-draft.ts'
import { nameKey } from './values/text.ts'

/** Opens the memory of the rows that stood before, by the order in which they came. */
const openSeenRows = () => {
  const sheets: string[] = []
  const rows: number[] = []
  const names: string[] = []
  const digests: number[] = []
  return {
    /** Answers the number under which the row is remembered. */
    add: ({ sheet, row }: RowReading, name: string, digest: number): number => {
      sheets.push(sheet)
      rows.push(row)
      names.push(name)
      return digests.push(digest) - 1
    },
    nameOf: (seen: number): string => names[seen] ?? '',
    digestOf: (seen: number): number => digests[seen] ?? 0,
    /** Where the earlier row stands, as seen from this one. */
    placeOf: (seen: number, reading: RowReading): string => {
      const sheet = sheets[seen] ?? ''
      const row = `第 ${rows[seen]} 行`
      return sheet === reading.sheet ? row : `工作表“${sheet}”${row}`
    },
  }
}

let hashA = 0
let hashB = 0

/** Works a text into the two halves of a hash, two characters at a time. */
function mix(text: string): void {
  let a = hashA
  let b = hashB
  const { length } = text
  for (let i = 0; i < length; i += 2) {
    const word = text.charCodeAt(i) | (i + 1 < length ? text.charCodeAt(i + 1) << 16 : 0)
    a = Math.imul(a ^ word, 0xcc9e2d51)
    a = (a << 13) | (a >>> 19)
    b = Math.imul(b + word, 0x85ebca6b)
    b ^= b >>> 13
  }
  hashA = Math.imul(a ^ length, 0x1b873593)
  hashA ^= hashA >>> 16
  hashB = b ^ length
}

/** A 53-bit number for a text, or two, so that a hundred thousand rows can be remembered in little memory. */
function shortHash(text: string, before = ''): number {
  hashA = 0x811c9dc5
  hashB = 0x9747b28c
  if (before !== '') {
    mix(before)
    mix('\n')
  }
  mix(text)
  return (hashA >>> 0) * 0x200000 + (hashB >>> 11)
}

const faultOf = (
  reading: RowReading,
  column: string,
  value: string,
  code: RowFault['code'],
  reason: string,
): RowFault => ({
  row: reading.row,
  column,
  value,
  reason,
  scope: 'row',
  code,
})

/**
 * Finds rows that repeat an earlier one, in one pass: `finder(reading, columns)` answers the fault that refuses the row, or
 * undefined. One finder may serve all the sheets of a workbook. The first row stands. An exact repeat, the same number
 * with another name, and (where a list has one row per person) the same person with other content are told apart; each
 * names the earlier row.
 */
export function duplicateFinder(
  kindId: ListKindId,
): (reading: RowReading, columns: readonly MappedColumn[]) => RowFault | undefined {
  const { keys, perPerson } = kindOf(kindId)
  const rows = openSeenRows()
  const byKey = keys.map((key) => ({ key, seen: openNumberMap() }))
  const byContent = openNumberMap()
  const keyed = perPerson === 'one' ? byKey : []

  // of the row at hand, by key: -1 where it has none
  const hashes = keyed.map(() => -1)

  const findSeen = (reading: RowReading) => {
    for (let i = 0; i < keyed.length; i++) {
      const { key, seen: map } = keyed[i] as (typeof keyed)[number]
      const value = reading.values[key]
      const hash = typeof value === 'string' ? scoped(key, value, reading) : -1
      hashes[i] = hash
      const seen = hash === -1 ? -1 : map.get(hash)
      if (seen !== -1) return { key, value: String(value), seen }
    }
    return undefined
  }

  const remember = (reading: RowReading, name: string, digest: number) => {
    const seen = rows.add(reading, name, digest)
    let known = false
    keyed.forEach(({ seen: map }, i) => {
      const hash = hashes[i] as number
      if (hash === -1) return
      map.set(hash, seen)
      known = true
    })
    if (!known) byContent.set(digest, seen)
  }

  return (reading, columns) => {
    if (reading.refused) return undefined
    const heading = (field: FieldId) => headingOf(columns, field)
    const digest = shortHash(reading.said)
    const name = typeof reading.values.name === 'string' ? reading.values.name : ''
    const same = byContent.get(digest)
    if (same !== -1)
      return faultOf(reading, heading('name'), name, 'duplicate.exact', sameRow(rows.placeOf(same, reading)))
    const hit = findSeen(reading)
    if (!hit) {
      remember(reading, name, digest)
      return undefined
    }
    const { key, value, seen } = hit
    const place = rows.placeOf(seen, reading)
    if (rows.digestOf(seen) === digest) return faultOf(reading, heading(key), value, 'duplicate.exact', sameRow(place))
    const label = fieldOf(key).label
    const earlier = rows.nameOf(seen)
    if (nameKey(earlier) !== nameKey(name)) {
      const reason = `${label}与${place}的“${earlier}”相同，姓名却是“${name}”，请核实是谁的`
      return faultOf(reading, heading(key), value, 'duplicate.other-name', reason)
    }
    const reason = `${label}与${place}相同，是同一人，两行内容却不同，请只留一行`
    return faultOf(reading, heading(key), value, 'duplicate.same-person', reason)
  }
}

const sameRow = (place: string) => `与${place}完全相同，只保留前一行`

/**
 * School numbers are given by each school; identity and national numbers hold everywhere. Remembered as a number: the text
 * itself would keep a whole piece of the file in memory.
 */
function scoped(key: FieldId, value: string, { values }: RowReading): number {
  if (key !== 'student_number' && key !== 'staff_number') return shortHash(value)
  const school = values.school_code ?? values.school_name ?? ''
  return shortHash(value, typeof school === 'string' ? school : String(school))
}
