import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Secrets } from '#server/platform'
import type { SealedRow } from './importing.ts'

/** Rows sealed together. */
export const rowsPerBlock = 200

// A list says the same words again and again: packed at the least effort it is a fifth.
const effort = { level: 1 }
const packedLines = 1
const oldForm = '{'.charCodeAt(0)

/** Largest block that is unpacked: rows of the longest cells and faults that are kept stay far below. */
const mostBytes = { maxOutputLength: 256 * 2 ** 20 }

/** A row as it stands in a block: one line. */
export const lineOfBlock = (key: number, row: SealedRow): string => `${key}\t${JSON.stringify(row)}`

/** Seals the lines of one block, packed. */
export const sealBlock = (secrets: Secrets, lines: readonly string[]): Buffer =>
  secrets.sealBytes(Buffer.concat([Buffer.from([packedLines]), deflateRawSync(lines.join('\n'), effort)]))

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
  const lines = text === '' ? [] : text.split('\n')
  return lines.flatMap((line) => {
    const gap = line.indexOf('\t')
    const row = Number(line.slice(0, gap))
    return isWanted(row) ? [[row, JSON.parse(line.slice(gap + 1)) as SealedRow]] : []
  })
}
