import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { BackupKeys, Part } from './manifest.ts'

const nonceBytes = 12
const tagBytes = 16

const keyOf = (keys: BackupKeys): Buffer =>
  Buffer.from(hkdfSync('sha256', keys.encryptionKey, new Uint8Array(), 'tongxing backup tables', 32))

/** A step that lets bytes pass and tells afterwards how many they were and their SHA-256. */
export const measuring = (): { readonly step: Transform; readonly told: () => Omit<Part, 'path'> } => {
  const sum = createHash('sha256')
  let bytes = 0
  const step = new Transform({
    transform(piece: Buffer, _encoding, done) {
      sum.update(piece)
      bytes += piece.length
      done(null, piece)
    },
  })
  return { step, told: () => ({ bytes, sha256: sum.digest('hex') }) }
}

/** Flushes a file that was written by a stream, so that a power cut does not take it. */
export const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Writes a stream compressed and encrypted (AES-256-GCM: nonce · ciphertext · tag). Rows hold names and findings of
 * children: without the keys a backup tells nothing. `name` is bound in, so that parts can't be exchanged.
 */
export const writeSealed = async (
  source: Readable,
  path: string,
  name: string,
  keys: BackupKeys,
): Promise<Omit<Part, 'path'>> => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys), nonce).setAAD(Buffer.from(name))
  const framed = new Transform({
    transform: (piece, _encoding, done) => done(null, piece),
    flush(done) {
      this.push(cipher.getAuthTag())
      done()
    },
  })
  framed.push(nonce)
  const { step, told } = measuring()
  await pipeline(source, createGzip({ level: 6 }), cipher, framed, step, createWriteStream(path, { mode: 0o600 }))
  await flush(path)
  return told()
}

/** Reads what `writeSealed` wrote into a sink; fails before the sink ends when a byte or the name is another. */
export const readSealed = async (
  path: string,
  bytes: number,
  name: string,
  keys: BackupKeys,
  sink: Writable,
): Promise<void> => {
  const handle = await open(path, 'r')
  const nonce = Buffer.alloc(nonceBytes)
  const tag = Buffer.alloc(tagBytes)
  try {
    await handle.read(nonce, 0, nonceBytes, 0)
    await handle.read(tag, 0, tagBytes, bytes - tagBytes)
  } finally {
    await handle.close()
  }
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys), nonce).setAAD(Buffer.from(name)).setAuthTag(tag)
  const body = createReadStream(path, { start: nonceBytes, end: bytes - tagBytes - 1 })
  await pipeline(body, decipher, createGunzip(), sink)
}
