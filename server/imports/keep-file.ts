import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '#contract/platform'
import { type Db, type Secrets, sql } from '#server/platform'
import { clearYoung } from '../platform/threads/index.ts'

/** Largest workbook taken, as sent. */
export const largestFile = 50 * 2 ** 20
const pieceSize = 128 * 1024
const sealedOverhead = 29
// each leaves about a megabyte behind on its way to or from the database
const piecesBetweenClearing = 8

const tooLarge = () => new Refusal('imports.file-too-large', '文件超过 50 MB,请拆成几个文件再交。', 'too-large')

const cutOff = () => new Refusal('imports.cut-off', '上传中途断了,什么都没有保存,请重新选择文件再交。', 'invalid')

// How a sender who went away shows; it is no fault of ours and says nothing of the database.
const goneAway = new Set(['ECONNRESET', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'])

async function* arriving(upload: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of upload) yield chunk as Buffer
  } catch (error) {
    throw goneAway.has((error as { code?: string }).code ?? '') ? cutOff() : error
  }
}

/** A file that arrived whole, waiting sealed in a temporary folder. */
export interface ReceivedFile {
  readonly digest: Buffer
  readonly bytes: number
  /** Puts the pieces into the transaction that also makes the import. */
  readonly keep: (db: Db, importId: string, createdBy: string) => Promise<void>
  readonly discard: () => Promise<void>
}

async function* sealedPieces(
  source: AsyncIterable<Buffer>,
  secrets: Secrets,
  tell: (piece: Buffer) => void,
): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  const flush = (bytes: Buffer): Buffer => {
    tell(bytes)
    return secrets.sealBytes(bytes)
  }
  for await (const chunk of source) {
    waiting.push(chunk)
    size += chunk.length
    if (size < pieceSize) continue
    let all = Buffer.concat(waiting)
    while (all.length >= pieceSize) {
      yield flush(all.subarray(0, pieceSize))
      all = all.subarray(pieceSize)
    }
    waiting = [all]
    size = all.length
  }
  if (size > 0) yield flush(Buffer.concat(waiting))
}

const keepPieces = async (db: Db, path: string, importId: string, createdBy: string): Promise<void> => {
  const stream = createReadStream(path, { highWaterMark: pieceSize + sealedOverhead })
  let part = 0
  // one piece is on its way while the next is read
  let kept: Promise<unknown> = Promise.resolve()
  for await (const piece of stream) {
    await kept
    kept = db.change(sql`insert into import_files (import_id, part, created_by, content)
      values (${importId}, ${part}, ${createdBy}, ${piece as Buffer})`)
    // told to whoever waits for it
    kept.catch(() => undefined)
    part++
    if (part % piecesBetweenClearing === 0) clearYoung()
  }
  await kept
}

/**
 * Takes an upload as it arrives, sealed piece by piece and bounded; nothing of it is ever whole in memory. An upload
 * that is cut off leaves nothing. Refuses `imports.file-too-large`, `imports.cut-off`.
 */
export const receiveFile = async (upload: Readable, secrets: Secrets): Promise<ReceivedFile> => {
  const folder = await mkdtemp(join(tmpdir(), `tongxing-upload-${process.pid}-`))
  const discard = () => rm(folder, { recursive: true, force: true })
  const path = join(folder, 'sealed')
  const hash = createHash('sha256')
  let bytes = 0
  try {
    const bounded = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of arriving(upload)) {
        bytes += chunk.length
        if (bytes > largestFile) throw tooLarge()
        yield chunk
      }
    }
    const pieces = sealedPieces(bounded(), secrets, (piece) => hash.update(piece))
    await pipeline(pieces, createWriteStream(path, { mode: 0o600 }))
    return {
      digest: hash.digest(),
      bytes,
      keep: (db, importId, createdBy) => keepPieces(db, path, importId, createdBy),
      discard,
    }
  } catch (error) {
    await discard()
    throw error
  }
}

/**
 * The bytes of a kept file, in a memory of their own that can go to a thread; none when it was cleared away. Runs as the
 * importer.
 */
export const loadFile = async (db: Db, importId: string, secrets: Secrets): Promise<Buffer> => {
  const kept = await db.first<{ bytes: number }>(sql`select byte_size as bytes from imports where id = ${importId}`)
  const bytes = kept?.bytes ?? 0
  const content = Buffer.allocUnsafeSlow(bytes)
  let size = 0
  // one piece is on its way while the one before is opened
  const ask = (part: number) => {
    const asked = db.first<{ content: Buffer }>(
      sql`select content from import_files where import_id = ${importId} and part = ${part}`,
    )
    asked.catch(() => undefined)
    return asked
  }
  let next = ask(0)
  for (let part = 0; ; part++) {
    const row = await next
    if (!row) break
    next = ask(part + 1)
    const piece = secrets.openBytes(row.content)
    if (size + piece.length <= bytes) content.set(piece, size)
    size += piece.length
    if (part % piecesBetweenClearing === 0) clearYoung()
  }
  if (size !== bytes && size !== 0) throw new Error('a kept file is not as long as it was')
  return size === 0 ? Buffer.alloc(0) : content
}
