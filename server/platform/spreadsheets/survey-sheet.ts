import type { SpreadsheetLimits } from './limits.ts'
import type { Archive } from './open-archive.ts'
import { spreadsheetRefusal } from './refuse.ts'
import { attribute, scanXml } from './scan-xml.ts'

/** A merged range, 1-based rows and 0-based columns, both ends included. */
export interface Merge {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

const overlap = 64
const longestTail = 16 * 2 ** 20

const columnIndex = (letters: string) => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1

function mergeOf(reference: string): Merge | undefined {
  const parts = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference)
  if (!parts) return undefined
  const [, left = '', top = '', right = '', bottom = ''] = parts
  return { top: Number(top), bottom: Number(bottom), left: columnIndex(left), right: columnIndex(right) }
}

function readMerges(xml: string, limit: number): Merge[] {
  const merges: Merge[] = []
  scanXml(xml, {
    open: (local, raw) => {
      if (local !== 'mergeCell' || merges.length >= limit) return
      const merge = mergeOf(attribute(raw, 'ref') ?? '')
      if (merge) merges.push(merge)
    },
  })
  return merges.sort((a, b) => a.top - b.top)
}

/**
 * Unpacks a sheet once without reading it: its true size, forbidden declarations and damage show before the first row is
 * handed out, and the merged ranges, which stand behind the rows in the file, are known when the rows are read.
 */
export async function surveySheet(
  archive: Archive,
  path: string,
  name: string,
  limits: SpreadsheetLimits,
): Promise<readonly Merge[]> {
  let carry = Buffer.alloc(0)
  const tail: Buffer[] = []
  let tailBytes = 0
  for await (const bytes of archive.bytes(path)) {
    if (tailBytes > 0) {
      tail.push(bytes)
      tailBytes += bytes.length
      if (tailBytes > longestTail) throw spreadsheetRefusal('imports.bomb', name)
      continue
    }
    const window = carry.length === 0 ? bytes : Buffer.concat([carry, bytes])
    if (window.includes('<!DOCTYPE') || window.includes('<!ENTITY')) throw spreadsheetRefusal('imports.entities', name)
    const start = window.indexOf('mergeCells')
    const mark = start === -1 ? -1 : window.lastIndexOf('<', start)
    if (mark !== -1 && start - mark <= 8) {
      tail.push(window.subarray(mark))
      tailBytes = window.length - mark
    }
    carry = Buffer.from(window.subarray(-overlap))
  }
  return tailBytes === 0
    ? []
    : readMerges(
        Buffer.concat(tail)
          .toString('utf8')
          .replace(/<[^>]*$/, ''),
        limits.merges,
      )
}
