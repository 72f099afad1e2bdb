import { once } from 'node:events'
import type { PoolClient } from 'pg'
import { from } from 'pg-copy-streams'

/** A value of a COPY line. Bytes become bytea, objects jsonb. */
export type CopyValue = string | number | boolean | null | undefined | Uint8Array | object

const special = /[\\\n\r\t]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const escaped = (text: string): string =>
  special.test(text) ? text.replace(/[\\\n\r\t]/g, (found) => escapes[found] ?? found) : text

const cell = (value: CopyValue): string => {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Uint8Array)
    return `\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  return escaped(JSON.stringify(value))
}

/** One line of COPY text. */
export const copyLine = (values: readonly CopyValue[]): string => {
  let line = ''
  for (let i = 0; i < values.length; i++) line += i === 0 ? cell(values[i]) : `\t${cell(values[i])}`
  return `${line}\n`
}

/** An open COPY; nothing else may be asked of the connection until it is ended. */
export interface OpenCopy {
  /** Lines of COPY text, as text or as its bytes. */
  readonly write: (lines: string | Uint8Array) => Promise<void>
  readonly end: () => Promise<void>
  /** Gives up; the transaction can only be rolled back afterwards. */
  readonly abort: () => Promise<void>
}

/**
 * Opens a COPY FROM STDIN on a connection with an open transaction. A pipelined connection refuses streams, so it is
 * taken out of that mode until the copy ends; everything sent before must have been answered.
 */
export const openCopy = (client: PoolClient, text: string): OpenCopy => {
  const connection = client as unknown as { pipeline: boolean }
  const { pipeline } = connection
  connection.pipeline = false
  const stream = client.query(from(text))
  let failure: Error | undefined
  stream.on('error', (error: Error) => {
    failure = error
  })
  const check = () => {
    if (failure) throw failure
  }
  // After a failed copy only a rollback is taken; it goes before the connection may send ahead again.
  const leaveFailed = async () => {
    await client.query('rollback')
    connection.pipeline = pipeline
  }
  return {
    write: async (lines) => {
      check()
      if (!stream.write(lines)) await Promise.race([once(stream, 'drain'), once(stream, 'error')])
      check()
    },
    end: async () => {
      try {
        check()
        const finished = once(stream, 'finish')
        stream.end()
        await finished
      } catch (error) {
        await leaveFailed()
        throw error
      }
      connection.pipeline = pipeline
    },
    abort: async () => {
      if (!failure) {
        const closed = once(stream, 'close').catch(() => undefined)
        stream.destroy(new Error('copy given up'))
        await closed
      }
      await leaveFailed()
    },
  }
}
