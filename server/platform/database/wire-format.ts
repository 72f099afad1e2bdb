import { nameOf, type Statement } from './statement.ts'

// One buffer is written over and over and copied out: a message is made of dozens of small pieces.
const usual = 64 * 1024
let paper = Buffer.allocUnsafe(usual)
let at = 0

const room = (bytes: number): void => {
  if (at + bytes <= paper.length) return
  const wider = Buffer.allocUnsafe(Math.max(paper.length * 2, at + bytes))
  paper.copy(wider, 0, 0, at)
  paper = wider
}

const int16 = (value: number): void => {
  room(2)
  paper[at++] = value >>> 8
  paper[at++] = value
}

const putInt32 = (value: number, place: number): void => {
  paper[place] = value >>> 24
  paper[place + 1] = value >>> 16
  paper[place + 2] = value >>> 8
  paper[place + 3] = value
}

const int32 = (value: number): void => {
  room(4)
  putInt32(value, at)
  at += 4
}

// A code unit of UTF-16 never takes more than three bytes of UTF-8.
const characters = (text: string): number => {
  room(text.length * 3 + 1)
  const written = paper.write(text, at, 'utf8')
  at += written
  return written
}

const ended = (text: string): void => {
  characters(text)
  paper[at++] = 0
}

const part = (code: string, body: () => void): void => {
  room(5)
  paper[at++] = code.charCodeAt(0)
  const length = at
  at += 4
  body()
  putInt32(at - length, length)
}

const element = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return arrayText(value)
  if (typeof value === 'number') return String(value)
  const text = String(value)
  // Ids, paths and days need no escaping; looking costs less than rewriting.
  return `"${text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text}"`
}

const arrayText = (values: readonly unknown[]): string => `{${values.map(element).join(',')}}`

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return arrayText(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

const parameter = (value: unknown): void => {
  if (value === null || value === undefined) {
    int32(-1)
    return
  }
  if (isBytes(value)) {
    int32(value.byteLength)
    room(value.byteLength)
    paper.set(value, at)
    at += value.byteLength
    return
  }
  room(4)
  const length = at
  at += 4
  putInt32(characters(textOf(value)), length)
}

const bind = (name: string, values: readonly unknown[]): void =>
  part('B', () => {
    room(1)
    paper[at++] = 0
    ended(name)
    // Bytes travel as they are, everything else as text the server reads by the parameter's own type.
    if (values.some(isBytes)) {
      int16(values.length)
      for (const value of values) int16(isBytes(value) ? 1 : 0)
    } else int16(0)
    int16(values.length)
    for (const value of values) parameter(value)
    int16(0)
  })

/**
 * The bytes of one message to the server: every statement prepared under its name where it is not yet (`isNew`), bound
 * and run, and a single end. All of it is one transaction, unless it names where one begins or ends.
 */
export const messageOf = (statements: readonly Statement[], isNew: (name: string) => boolean): Buffer => {
  at = 0
  for (const { text, values = [] } of statements) {
    const name = nameOf(text)
    if (isNew(name)) {
      part('P', () => {
        ended(name)
        ended(text)
        int16(0)
      })
      part('D', () => {
        ended(`S${name}`)
      })
    }
    bind(name, values)
    part('E', () => {
      room(1)
      paper[at++] = 0
      int32(0)
    })
  }
  part('S', () => {})
  const message = Buffer.from(paper.subarray(0, at))
  if (paper.length > usual * 16) paper = Buffer.allocUnsafe(usual)
  return message
}

const fieldNames: Readonly<Record<string, string>> = {
  S: 'severity',
  C: 'code',
  D: 'detail',
  H: 'hint',
  s: 'schema',
  t: 'table',
  c: 'column',
  n: 'constraint',
}

/** What the server said went wrong: its sentence and the fields a program asks (code, table, constraint …). */
export const readFault = (data: Buffer, from: number): { message: string; fields: Record<string, string> } => {
  const fields: Record<string, string> = {}
  let message = ''
  for (let place = from; data[place] !== 0; ) {
    const code = String.fromCharCode(data[place] as number)
    const end = data.indexOf(0, place + 1)
    const text = data.toString('utf8', place + 1, end)
    const name = fieldNames[code]
    if (code === 'M') message = text
    else if (name) fields[name] = text
    place = end + 1
  }
  return { message, fields }
}
