import { pipeline, type Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { Refusal } from '#contract/platform'
import { clearYoung } from '../threads/clear-young.ts'
import type { SpreadsheetLimits } from './limits.ts'
import { spreadsheetRefusal } from './refuse.ts'

export interface Archive {
  readonly has: (path: string) => boolean
  /** Streams a part unpacked; ends in a refusal when its size or checksum is not what was declared. */
  readonly bytes: (path: string) => AsyncGenerator<Buffer>
  /** A small part as text; refused above `bytes`. */
  readonly text: (path: string, bytes: number) => Promise<string>
}

const judgedAbove = 50 * 2 ** 20

const openZip = (data: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(data, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    )
  })

// Each piece unpacked crosses to another thread and back: the usual 16 KB make that dearer than the unpacking.
const unpackedPiece = 48 * 1024
const piecesBetweenClearing = 64
const deflated = 8
const asPacked = { decodeFileData: false }

const openEntry = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    if (entry.compressionMethod !== deflated) {
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
      return
    }
    zip.openReadStream(entry, asPacked, (error, packed) => {
      if (error) return reject(error)
      const unpacked = createInflateRaw({ chunkSize: unpackedPiece })
      // its failure is told by what is read from it
      pipeline(packed, unpacked, () => {})
      resolve(unpacked)
    })
  })

/** Reads the central directory alone; nothing is unpacked before all the declared sizes are within bounds. */
function listEntries(
  zip: ZipFile,
  name: string,
  limits: SpreadsheetLimits,
  packed: number,
): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    let total = 0
    const refuse = () => reject(spreadsheetRefusal('imports.bomb', name))
    if (zip.entryCount > limits.entries) return refuse()
    zip.on('entry', (entry: Entry) => {
      total += entry.uncompressedSize
      if (total > limits.unpackedBytes) return refuse()
      if (total > judgedAbove && total / packed > limits.ratio) return refuse()
      if ((entry.generalPurposeBitFlag & 1) === 1) return reject(spreadsheetRefusal('imports.encrypted', name))
      entries.set(entry.fileName.replace(/^\//, ''), entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', () => reject(spreadsheetRefusal('imports.truncated', name)))
    zip.readEntry()
  })
}

/** Opens an xlsx container and checks its bounds: number of parts, declared sizes, ratio. */
export async function openArchive(data: Buffer, name: string, limits: SpreadsheetLimits): Promise<Archive> {
  const zip = await openZip(data).catch(() => {
    throw spreadsheetRefusal('imports.truncated', name)
  })
  const entries = await listEntries(zip, name, limits, data.length)
  async function* bytes(path: string): AsyncGenerator<Buffer> {
    const entry = entries.get(path)
    if (!entry) throw spreadsheetRefusal('imports.truncated', name)
    let checksum = 0
    let size = 0
    let pieces = 0
    try {
      for await (const part of (await openEntry(zip, entry)) as AsyncIterable<Buffer>) {
        checksum = crc32(part, checksum)
        size += part.length
        if (size > entry.uncompressedSize) throw spreadsheetRefusal('imports.lying-size', name)
        yield part
        if (++pieces % piecesBetweenClearing === 0) clearYoung()
      }
    } catch (error) {
      throw error instanceof Refusal ? error : spreadsheetRefusal('imports.truncated', name)
    }
    if (size < entry.uncompressedSize) throw spreadsheetRefusal('imports.lying-size', name)
    // some programs leave the checksum out
    if (entry.crc32 !== 0 && checksum !== entry.crc32) throw spreadsheetRefusal('imports.truncated', name)
  }
  const text = async (path: string, most: number): Promise<string> => {
    const entry = entries.get(path)
    if (entry && entry.uncompressedSize > most) throw spreadsheetRefusal('imports.bomb', name)
    const parts: Buffer[] = []
    for await (const part of bytes(path)) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }
  return { has: (path) => entries.has(path), bytes, text }
}
