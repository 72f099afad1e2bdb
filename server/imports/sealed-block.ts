import { promisify } from 'node:util'
import { deflateRaw, inflateRawSync } from 'node:zlib'
import type { Secrets } from '#server/platform'
import type { SealedRow } from './importing.ts'

/** Rows sealed together. */
export const rowsPerBlock = 200

// A list says the same words again and again: packed at the least effort it is a fifth.
const effort = { level: 1, chunkSize: 64 * 1024 }
const pack = promisify<Uint8Array, typeof effort, Buffer>(deflateRaw)
const packedLines = 1
const beginning = 128 * 1024
const oldForm = '{'.charCodeAt(0)

/** Largest block that is unpacked: rows of the longest cells and faults that are kept stay far below. */
const mostBytes = { maxOutputLength: 256 * 2 ** 20 }

/** Gathers the rows of one block after another as bytes: what waits as texts would be moved about while it waits. */
export const openBlockWriter = (secrets: Secrets) => {
  let room = Buffer.allocUnsafeSlow(beginning)
  let size = 0
  const spare: (typeof room)[] = []
  return {
    add: (key: number, row: SealedRow): void => {
      const line = `${key}\t${JSON.stringify(row)}\n`
      const most = size + line.length * 3
      if (most > room.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(most, room.length * 2))
        room.copy(larger, 0, 0, size)
        room = larger
      }
      size += room.write(line, size)
    },
    /** Seals what was gathered since the last time, packed: beside whoever goes on gathering. */
    seal: async (): Promise<Buffer> => {
      const full = room
      const lines = full.subarray(0, size)
      room = spare.pop() ?? Buffer.allocUnsafeSlow(beginning)
      size = 0
      const packed = await pack(lines, effort)
      spare.push(full)
      return secrets.sealBytes(Buffer.concat([Buffer.from([packedLines]), packed]))
    },
  }
}

/** The rows of a block that are wanted. Blocks of the older form, one object with all rows, are read as well. */
export const openBlock = (
  secrets: Secrets,
  sealed: Uint8Array,
  isWanted: (row: number) => boolean = () => true,
): [number, SealedRow][] => {
  const opened = secrets.openBytes(sealed)
  if (opened[0] === oldForm) {
    const rows = JSON.parse(opened.toString('utf8')) as Record<string, SealedRow>
    return Object.entries(rows).flatMap(([row, kept]) => (isWanted(Number(row)) ? [[Number(row), kept]] : []))
  }
  if (opened[0] !== packedLines) throw new Error('sealed rows of an unknown form')
  const text = inflateRawSync(opened.subarray(1), mostBytes).toString('utf8')
  return text.split('\n').flatMap((line) => {
    // behind the last row stands nothing more
    if (line === '') return []
    const gap = line.indexOf('\t')
    const row = Number(line.slice(0, gap))
    return isWanted(row) ? [[row, JSON.parse(line.slice(gap + 1)) as SealedRow]] : []
  })
}
