import type { FieldId } from './fields.ts'
import { fieldOf } from './fields.ts'
import { kindOf, type ListKindId } from './kinds.ts'
import type { MappedColumn } from './map-columns.ts'
import type { RowFault, RowReading } from './read-row.ts'
import { nameKey } from './values/text.ts'

interface Seen {
  readonly sheet: string
  readonly row: number
  readonly name: string
  readonly digest: number
}

/** A 53-bit number for a text, so that a hundred thousand rows can be remembered in little memory. */
function shortHash(text: string): number {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 13)
  }
  return (a >>> 0) * 0x200000 + (b >>> 11)
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
  const byKey = new Map<FieldId, Map<number, Seen>>(keys.map((key) => [key, new Map()]))
  const byContent = new Map<number, Seen>()

  const findSeen = (reading: RowReading) => {
    for (const key of keys) {
      const value = reading.values[key]
      const seen = typeof value === 'string' ? byKey.get(key)?.get(scoped(key, value, reading)) : undefined
      if (seen && typeof value === 'string') return { key, value, seen }
    }
    return undefined
  }

  const remember = (reading: RowReading, seen: Seen) => {
    let keyed = false
    for (const key of perPerson === 'one' ? keys : []) {
      const value = reading.values[key]
      if (typeof value !== 'string') continue
      byKey.get(key)?.set(scoped(key, value, reading), seen)
      keyed = true
    }
    if (!keyed) byContent.set(seen.digest, seen)
  }

  return (reading, columns) => {
    if (reading.refused) return undefined
    const heading = (field: FieldId) =>
      columns.find((column) => column.field === field)?.heading ?? fieldOf(field).label
    const digest = shortHash(reading.said)
    const name = typeof reading.values.name === 'string' ? reading.values.name : ''
    const same = byContent.get(digest)
    if (same) return faultOf(reading, heading('name'), name, 'duplicate.exact', sameRow(placeOf(same, reading)))
    const hit = perPerson === 'one' ? findSeen(reading) : undefined
    if (!hit) {
      remember(reading, { sheet: reading.sheet, row: reading.row, name, digest })
      return undefined
    }
    const { key, value, seen } = hit
    const place = placeOf(seen, reading)
    if (seen.digest === digest) return faultOf(reading, heading(key), value, 'duplicate.exact', sameRow(place))
    const label = fieldOf(key).label
    if (nameKey(seen.name) !== nameKey(name)) {
      const reason = `${label}与${place}的“${seen.name}”相同，姓名却是“${name}”，请核实是谁的`
      return faultOf(reading, heading(key), value, 'duplicate.other-name', reason)
    }
    const reason = `${label}与${place}相同，是同一人，两行内容却不同，请只留一行`
    return faultOf(reading, heading(key), value, 'duplicate.same-person', reason)
  }
}

const sameRow = (place: string) => `与${place}完全相同，只保留前一行`

/** Where the earlier row stands, as seen from this one. */
const placeOf = (seen: Seen, reading: RowReading): string =>
  seen.sheet === reading.sheet ? `第 ${seen.row} 行` : `工作表“${seen.sheet}”第 ${seen.row} 行`

/**
 * School numbers are given by each school; identity and national numbers hold everywhere. Remembered as a number: the text
 * itself would keep a whole piece of the file in memory.
 */
function scoped(key: FieldId, value: string, reading: RowReading): number {
  if (key !== 'student_number' && key !== 'staff_number') return shortHash(value)
  return shortHash(`${String(reading.values.school_code ?? reading.values.school_name ?? '')}\n${value}`)
}
