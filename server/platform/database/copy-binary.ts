import type { CopyValue } from './copy.ts'

/** Types that rows can be packed in. */
export type PackedType = 'integer' | 'smallint' | 'bigint' | 'boolean' | 'uuid' | 'text' | 'date' | 'bytea' | 'jsonb'

/** Packs rows for `copy … from stdin (format binary)`: half the bytes of text, and nothing to be parsed again. */
export interface RowPacker {
  /** Takes a row: a value for each column. Fails on a value its column can't hold. */
  readonly add: (values: readonly CopyValue[]) => void
  /** Bytes waiting. */
  readonly size: () => number
  /** What was packed since the last call, as bytes of its own. */
  readonly take: () => Uint8Array<ArrayBuffer>
  /** The last of it. */
  readonly end: () => Uint8Array<ArrayBuffer>
}

const signature = [0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]
const beginning = 256 * 1024
const shortText = 48
const mostDays = 40_000
const day = 86_400_000
const firstDay = Date.UTC(2000, 0, 1)

const bounds = { smallint: 0x7fff, integer: 0x7fffffff, bigint: Number.MAX_SAFE_INTEGER } as const

const widths = { smallint: 2, integer: 4, bigint: 8 } as const

const unfit = (type: PackedType): Error => new RangeError(`not a value of a ${type} column`)

// Few days come often: each is counted once.
const dayCounter = (): ((text: string) => number) => {
  const known = new Map<string, number>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) throw unfit('date')
    const days = (time - firstDay) / day
    if (known.size < mostDays) known.set(text, days)
    return days
  }
}

/** The bytes of rows, growing as they come. */
class Room {
  bytes = Buffer.allocUnsafeSlow(beginning)
  at = 0

  need(more: number): void {
    if (this.at + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + more))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  int16(value: number): void {
    this.bytes[this.at++] = value >> 8
    this.bytes[this.at++] = value
  }

  int32(value: number): void {
    const { bytes, at } = this
    bytes[at] = value >> 24
    bytes[at + 1] = value >> 16
    bytes[at + 2] = value >> 8
    bytes[at + 3] = value
    this.at = at + 4
  }

  /** Bytes with their length before them. */
  counted(value: Uint8Array): void {
    this.need(4 + value.length)
    this.int32(value.length)
    this.bytes.set(value, this.at)
    this.at += value.length
  }

  /** Text with the length of its UTF-8 before it. */
  text(value: string): void {
    const { length } = value
    this.need(4 + length * 3)
    const { bytes, at: start } = this
    let at = start + 4
    if (length > shortText) at += bytes.write(value, at)
    else
      for (let i = 0; i < length; i++) {
        const code = value.charCodeAt(i)
        if (code < 0x80) bytes[at++] = code
        else if (code < 0x800) {
          bytes[at++] = 0xc0 | (code >> 6)
          bytes[at++] = 0x80 | (code & 63)
        } else if (code >= 0xd800 && code < 0xe000) {
          // pairs are rare: the whole text goes the long way
          at = start + 4 + bytes.write(value, start + 4)
          break
        } else {
          bytes[at++] = 0xe0 | (code >> 12)
          bytes[at++] = 0x80 | ((code >> 6) & 63)
          bytes[at++] = 0x80 | (code & 63)
        }
      }
    this.at = start
    this.int32(at - start - 4)
    this.at = at
  }
}

const putUuid = (room: Room, value: CopyValue): void => {
  const bytes = typeof value === 'string' ? Buffer.from(value.replaceAll('-', ''), 'hex') : value
  if (!(bytes instanceof Uint8Array) || bytes.length !== 16) throw unfit('uuid')
  room.counted(bytes)
}

const putNumber = (room: Room, type: keyof typeof bounds, value: CopyValue): void => {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > bounds[type]) throw unfit(type)
  room.int32(widths[type])
  if (type === 'bigint') room.int32(Math.floor(value / 2 ** 32))
  if (type === 'smallint') room.int16(value)
  else room.int32(value | 0)
}

type Put = (room: Room, value: CopyValue) => void

const puts = (daysOf: (text: string) => number): Readonly<Record<PackedType, Put>> => ({
  smallint: (room, value) => putNumber(room, 'smallint', value),
  integer: (room, value) => putNumber(room, 'integer', value),
  bigint: (room, value) => putNumber(room, 'bigint', value),
  boolean: (room, value) => {
    if (typeof value !== 'boolean') throw unfit('boolean')
    room.int32(1)
    room.bytes[room.at++] = value ? 1 : 0
  },
  uuid: putUuid,
  text: (room, value) => {
    if (typeof value !== 'string') throw unfit('text')
    room.text(value)
  },
  date: (room, value) => {
    if (typeof value !== 'string') throw unfit('date')
    room.int32(4)
    room.int32(daysOf(value))
  },
  bytea: (room, value) => {
    if (!(value instanceof Uint8Array)) throw unfit('bytea')
    room.counted(value)
  },
  jsonb: (room, value) => {
    const text = Buffer.from(JSON.stringify(value))
    room.need(5 + text.length)
    room.int32(text.length + 1)
    room.bytes[room.at++] = 1
    room.bytes.set(text, room.at)
    room.at += text.length
  },
})

/** Opens a packer for rows of these columns. */
export const openRowPacker = (types: readonly PackedType[]): RowPacker => {
  const room = new Room()
  const byType = puts(dayCounter())
  const columns = types.map((type) => byType[type])
  for (const byte of signature) room.bytes[room.at++] = byte
  const take = (): Uint8Array<ArrayBuffer> => {
    const taken = new Uint8Array(room.at)
    taken.set(room.bytes.subarray(0, room.at))
    room.at = 0
    return taken
  }
  return {
    add: (values) => {
      room.need(2 + columns.length * 16)
      room.int16(columns.length)
      for (let i = 0; i < columns.length; i++) {
        const value = values[i]
        // what has a bound is below sixteen bytes; the others see to their room themselves
        room.need(16)
        if (value === null || value === undefined) room.int32(-1)
        else (columns[i] as Put)(room, value)
      }
    },
    size: () => room.at,
    take,
    end: () => {
      room.need(2)
      room.int16(-1)
      return take()
    },
  }
}
