import { constants, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Secrets } from '#server/platform'
import type { SealedRow } from './importing.ts'

/** Rows sealed together. */
export const rowsPerBlock = 200

// A list says the same words again and again: packed at little effort it is a sixth.
const effort = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const packedLines = 2
const deflatedLines = 1
const beginning = 128 * 1024
const oldForm = '{'.charCodeAt(0)

/** Largest block that is unpacked: rows of the longest cells and faults that are kept stay far below. */
const mostBytes = { maxOutputLength: 256 * 2 ** 20 }

/** Gathers the rows of one block after another as bytes: what waits as texts would be moved about while it waits. */
export const openBlockWriter = (secrets: Secrets) => {
  let room = Buffer.allocUnsafeSlow(beginning)
  let size = 0
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
    /** Seals what was gathered since the last time, packed. */
    seal: (): Buffer => {
      const packed = zstdCompressSync(room.subarray(0, size), effort)
      size = 0
      return secrets.sealBytes(Buffer.concat([Buffer.from([packedLines]), packed]))
    },
  }
}

const linesOf = (opened: Buffer): Buffer => {
  if (opened[0] === packedLines) return zstdDecompressSync(opened.subarray(1), mostBytes)
  if (opened[0] === deflatedLines) return inflateRawSync(opened.subarray(1), mostBytes)
  throw new Error('sealed rows of an unknown form')
}

/** The rows of a block that are wanted. Blocks of older forms are read as well: one object with all rows, lines packed otherwise. */
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
  const text = linesOf(opened).toString('utf8')
  return text.split('\n').flatMap((line) => {
    // behind the last row stands nothing more
    if (line === '') return []
    const gap = line.indexOf('\t')
    const row = Number(line.slice(0, gap))
    return isWanted(row) ? [[row, JSON.parse(line.slice(gap + 1)) as SealedRow]] : []
  })
}
