/**
 * How a column of a row becomes JSON: `quoted` is an id, a day or an instant, which hold nothing that JSON escapes, `number`
 * is written as it comes, `text` is escaped where it must be, `json` is JSON already.
 */
export type JsonKind = 'quoted' | 'number' | 'text' | 'json' | 'boolean'

/** A column that several members follow from, or it and others of its row: they as JSON, without braces. */
export type JsonMembers = (column: string, row: Buffer) => Uint8Array

/** The columns of a row in their order: name in the object and kind, or what is told of it. Columns behind them are left out. */
export type JsonShape = readonly (readonly [name: string, kind: JsonKind] | JsonMembers)[]

// One buffer is written over and over and copied out.
let paper = Buffer.allocUnsafe(64 * 1024)
let at = 0

const room = (bytes: number): void => {
  if (at + bytes <= paper.length) return
  const wider = Buffer.allocUnsafe(Math.max(paper.length * 2, at + bytes))
  paper.copy(wider, 0, 0, at)
  paper = wider
}

// Most pieces are shorter than what a call into the buffer's own copying costs.
const put = (bytes: Uint8Array, from: number, to: number): void => {
  room(to - from)
  for (let place = from; place < to; place++) paper[at++] = bytes[place] as number
}

const literal = (text: string): void => {
  room(text.length * 3)
  at += paper.write(text, at, 'utf8')
}

const quote = 0x22
const backslash = 0x5c
const firstPrintable = 0x20

const isPlain = (bytes: Uint8Array, from: number, to: number): boolean => {
  for (let place = from; place < to; place++) {
    const byte = bytes[place] as number
    if (byte === quote || byte === backslash || byte < firstPrintable) return false
  }
  return true
}

const putQuoted = (bytes: Uint8Array, from: number, to: number): void => {
  room(to - from + 2)
  paper[at++] = quote
  put(bytes, from, to)
  paper[at++] = quote
}

const putText = (bytes: Buffer, from: number, to: number): void => {
  if (isPlain(bytes, from, to)) putQuoted(bytes, from, to)
  else literal(JSON.stringify(bytes.toString('utf8', from, to)))
}

const [yes, no] = [Buffer.from('true'), Buffer.from('false')]
const letterT = 0x74
const putBoolean = (bytes: Uint8Array, from: number): void => {
  const word = bytes[from] === letterT ? yes : no
  put(word, 0, word.length)
}

type Write = (bytes: Buffer, from: number, to: number) => void

const writers: Readonly<Record<JsonKind, Write>> = {
  quoted: putQuoted,
  number: put,
  text: putText,
  json: put,
  boolean: putBoolean,
}

const toldOf =
  (members: JsonMembers): Write =>
  (bytes, from, to) => {
    const told = members(bytes.toString('utf8', from, to), bytes)
    put(told, 0, told.length)
  }

const nothing = Buffer.from('null')

/** Makes what writes rows as objects of that shape, one after another with commas: no value becomes a string on the way. */
export const jsonRows = (shape: JsonShape): ((rows: readonly Buffer[]) => Buffer) => {
  const before = shape.map((column, index) =>
    Buffer.from(`${index === 0 ? '{' : ','}${typeof column === 'function' ? '' : `${JSON.stringify(column[0])}:`}`),
  )
  const write = shape.map((column) => (typeof column === 'function' ? toldOf(column) : writers[column[1]]))
  const writeRow = (row: Buffer): void => {
    let place = 2
    for (let column = 0; column < write.length; column++) {
      const heading = before[column] as Buffer
      put(heading, 0, heading.length)
      const length = row.readInt32BE(place)
      place += 4
      if (length < 0) {
        put(nothing, 0, nothing.length)
        continue
      }
      write[column]?.(row, place, place + length)
      place += length
    }
    room(2)
    paper[at++] = 0x7d
  }
  return (rows) => {
    at = 0
    rows.forEach((row, index) => {
      if (index > 0) put(comma, 0, 1)
      writeRow(row)
    })
    return Buffer.from(paper.subarray(0, at))
  }
}

const comma = Buffer.from(',')

/** The text of one column of a row, counted from nought; null where nothing stands in it. */
export const columnOf = (row: Buffer, column: number): string | null => {
  let place = 2
  for (let left = column; left > 0; left--) place += 4 + Math.max(row.readInt32BE(place), 0)
  const length = row.readInt32BE(place)
  return length < 0 ? null : row.toString('utf8', place + 4, place + 4 + length)
}

/** The texts of all columns of a row; null where nothing stands in one. */
export const textsOf = (row: Buffer): (string | null)[] => {
  const texts: (string | null)[] = []
  let place = 2
  for (let left = row.readUInt16BE(0); left > 0; left--) {
    const length = row.readInt32BE(place)
    place += 4
    texts.push(length < 0 ? null : row.toString('utf8', place, place + length))
    place += Math.max(length, 0)
  }
  return texts
}
