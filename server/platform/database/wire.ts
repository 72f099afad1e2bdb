import type { Writable } from 'node:stream'
import pg, { type Client, type PoolClient } from 'pg'
import { nameOf, type Statement } from './statement.ts'
import { messageOf, readFault } from './wire-format.ts'

/** What a statement came to. */
export interface Outcome {
  readonly rows: Record<string, unknown>[]
  readonly rowCount: number
  /** What the server calls what it did, e.g. `COMMIT`. */
  readonly command: string
}

type AnyClient = PoolClient | Client

/** A connection that sends several statements as one message, ended once, and reads their answers. */
export interface Wire {
  /**
   * Sends statements as one message. Outside an open transaction they are one of their own: kept together when the
   * promise is fulfilled, undone together when it is rejected.
   */
  readonly send: (statements: readonly Statement[]) => Promise<readonly Outcome[]>
}

interface Column {
  readonly name: string
  readonly read: (text: string) => unknown
}

interface Waiting {
  readonly statements: readonly Statement[]
  readonly outcomes: Outcome[]
  rows: Record<string, unknown>[]
  fault?: Error
  readonly resolve: (outcomes: readonly Outcome[]) => void
  readonly reject: (fault: unknown) => void
}

const codeOf = (letter: string): number => letter.charCodeAt(0)
const rowDescription = codeOf('T')
const noData = codeOf('n')
const dataRow = codeOf('D')
const commandComplete = codeOf('C')
const emptyQuery = codeOf('I')
const fault = codeOf('E')
const readyForQuery = codeOf('Z')

const columnsOf = (data: Buffer, from: number): Column[] => {
  const columns: Column[] = []
  let at = from + 2
  for (let left = data.readUInt16BE(from); left > 0; left--) {
    const end = data.indexOf(0, at)
    // After the name: table, attribute, type, size, modifier, format.
    const type = data.readUInt32BE(end + 7)
    columns.push({ name: data.toString('utf8', at, end), read: pg.types.getTypeParser(type, 'text') })
    at = end + 19
  }
  return columns
}

const rowOf = (data: Buffer, from: number, columns: readonly Column[], asBytes: boolean): Record<string, unknown> => {
  const row: Record<string, unknown> = {}
  let at = from + 2
  for (const { name, read } of columns) {
    const length = data.readInt32BE(at)
    at += 4
    if (length < 0) {
      row[name] = null
      continue
    }
    row[name] = asBytes ? data.subarray(at, at + length) : read(data.toString('utf8', at, at + length))
    at += length
  }
  return row
}

const outcomeOf = (tag: string, rows: Record<string, unknown>[]): Outcome => {
  const words = tag.split(' ')
  return { rows, command: words[0] ?? '', rowCount: words.length > 1 ? Number(words.at(-1)) : 0 }
}

const wires = new WeakMap<AnyClient, Wire>()

/** The wire of a connection that was taken over, if it was. */
export const wireOf = (client: AnyClient): Wire | undefined => wires.get(client)

/**
 * Takes over the bytes of a connection that the driver has opened and signed in. The driver keeps one end for each
 * statement, describes every answer anew and reads bytes into text; here a message has one end, an answer is described
 * when its statement is prepared, and text that only passes through stays as it came. The driver still notices when the
 * connection ends; its own `query` must not be used any more.
 */
export const takeOver = (client: AnyClient): Wire => {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  const described = new Map<string, readonly Column[]>()
  const asked = new Set<string>()
  const queue: Waiting[] = []
  let first = 0
  let lost: Error | undefined

  const fail = (error: Error): void => {
    lost = error
    for (const waiting of queue.splice(first)) waiting.reject(error)
    queue.length = 0
    first = 0
  }
  const finish = (waiting: Waiting): void => {
    first += 1
    if (first === queue.length) {
      queue.length = 0
      first = 0
    }
    if (!waiting.fault) {
      waiting.resolve(waiting.outcomes)
      return
    }
    // What was not reached was not prepared either.
    for (const { text } of waiting.statements) {
      const name = nameOf(text)
      if (!described.has(name)) asked.delete(name)
    }
    waiting.reject(waiting.fault)
  }
  const read = (code: number | undefined, data: Buffer, from: number, end: number): void => {
    const waiting = queue[first]
    if (!waiting) return
    const statement = waiting.statements[waiting.outcomes.length]
    switch (code) {
      case dataRow: {
        if (!statement) return
        if (statement.asRow) {
          waiting.rows.push({ row: data.subarray(from, end) })
          return
        }
        const columns = described.get(nameOf(statement.text)) ?? []
        waiting.rows.push(rowOf(data, from, columns, statement.asBytes ?? false))
        return
      }
      case rowDescription:
        if (statement) described.set(nameOf(statement.text), columnsOf(data, from))
        return
      case noData:
        if (statement) described.set(nameOf(statement.text), [])
        return
      case commandComplete:
      case emptyQuery:
        waiting.outcomes.push(
          outcomeOf(code === emptyQuery ? '' : data.toString('latin1', from, end - 1), waiting.rows),
        )
        waiting.rows = []
        return
      case fault: {
        const { message, fields } = readFault(data, from)
        waiting.fault ??= Object.assign(new pg.DatabaseError(message, end - from, 'error'), fields)
        return
      }
      case readyForQuery:
        finish(waiting)
    }
  }

  let pieces: Buffer[] = []
  let have = 0
  let need = 5
  // Pieces are joined only once a whole answer is there: a long one comes in hundreds of pieces.
  const receive = (chunk: Buffer): void => {
    pieces.push(chunk)
    have += chunk.length
    if (have < need) return
    const data = pieces.length === 1 ? chunk : Buffer.concat(pieces, have)
    let at = 0
    need = 5
    while (data.length - at >= 5) {
      need = 1 + data.readUInt32BE(at + 1)
      if (data.length - at < need) break
      read(data[at], data, at + 5, at + need)
      at += need
      need = 5
    }
    have = data.length - at
    pieces = have > 0 ? [data.subarray(at)] : []
  }

  stream.removeAllListeners('data')
  stream.on('data', receive)
  client.on('error', fail)
  client.on('end', () => fail(lost ?? new Error('Connection terminated unexpectedly')))
  client.query = () => {
    throw new Error('this connection is spoken to over its wire')
  }
  const wire: Wire = {
    send: (statements) =>
      new Promise((resolve, reject) => {
        if (lost) {
          reject(lost)
          return
        }
        const message = messageOf(statements, (name) => !asked.has(name) && asked.add(name) !== undefined)
        queue.push({ statements, outcomes: [], rows: [], resolve, reject })
        stream.write(message)
      }),
  }
  wires.set(client, wire)
  return wire
}
