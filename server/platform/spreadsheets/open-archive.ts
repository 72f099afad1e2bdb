import type { Readable } from 'node:stream'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import type { SpreadsheetLimits } from './limits.ts'
import { spreadsheetRefusal } from './refuse.ts'

export interface Archive {
  readonly has: (path: string) => boolean
  /** Streams a part unpacked; ends in a refusal when it unpacks to another size than declared. */
  readonly open: (path: string) => Promise<Readable>
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

const openEntry = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
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

/** A damaged part and a part that lies about its size are told apart by what the unpacker says. */
function refusalOf(error: Error, name: string): Error {
  return spreadsheetRefusal(
    /too many bytes|not enough bytes/.test(error.message) ? 'imports.lying-size' : 'imports.truncated',
    name,
  )
}

/** Opens an xlsx container and checks its bounds: number of parts, declared sizes, ratio. */
export async function openArchive(data: Buffer, name: string, limits: SpreadsheetLimits): Promise<Archive> {
  const zip = await openZip(data).catch(() => {
    throw spreadsheetRefusal('imports.truncated', name)
  })
  const entries = await listEntries(zip, name, limits, data.length)
  const open = async (path: string): Promise<Readable> => {
    const entry = entries.get(path)
    if (!entry) throw spreadsheetRefusal('imports.truncated', name)
    const stream = await openEntry(zip, entry).catch((error: Error) => {
      throw refusalOf(error, name)
    })
    return stream
  }
  const text = async (path: string, bytes: number): Promise<string> => {
    const entry = entries.get(path)
    if (entry && entry.uncompressedSize > bytes) throw spreadsheetRefusal('imports.bomb', name)
    const parts: Buffer[] = []
    for await (const part of unpacked(await open(path), name)) parts.push(part)
    return Buffer.concat(parts).toString('utf8')
  }
  return { has: (path) => entries.has(path), open, text }
}

/** The bytes of a part; the unpacker's complaint becomes a refusal. */
export async function* unpacked(stream: Readable, name: string): AsyncGenerator<Buffer> {
  try {
    for await (const part of stream) yield part as Buffer
  } catch (error) {
    throw refusalOf(error as Error, name)
  }
}
