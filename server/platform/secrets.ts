import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** What protects personal data at rest: AES-256-GCM for values, HMAC-SHA-256 for equality search and content digests. */
export interface Secrets {
  /** Encrypts text; the layout is version (1) · nonce (12) · tag (16) · ciphertext. */
  readonly seal: (text: string) => Buffer
  /** Opens what `seal` made; throws on damage. */
  readonly open: (sealed: Uint8Array) => string
  readonly sealBytes: (bytes: Uint8Array) => Buffer
  readonly openBytes: (sealed: Uint8Array) => Buffer
  /** Keyed digest of text under a purpose, 32 bytes; equal texts give equal digests, nothing else can be told. */
  readonly digest: (purpose: string, text: string) => Buffer
}

const version = 1

/** Builds the secrets from two 32-byte keys. */
export const secretsFrom = (encryptionKey: Uint8Array, indexKey: Uint8Array): Secrets => {
  if (encryptionKey.length !== 32 || indexKey.length !== 32) throw new Error('keys must be 32 bytes')
  const sealBytes = (bytes: Uint8Array): Buffer => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce)
    const body = Buffer.concat([cipher.update(bytes), cipher.final()])
    return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
  }
  const openBytes = (sealed: Uint8Array): Buffer => {
    const bytes = Buffer.from(sealed)
    if (bytes[0] !== version || bytes.length < 29) throw new Error('sealed value of an unknown version')
    const decipher = createDecipheriv('aes-256-gcm', encryptionKey, bytes.subarray(1, 13))
    decipher.setAuthTag(bytes.subarray(13, 29))
    return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()])
  }
  return {
    seal: (text) => sealBytes(Buffer.from(text, 'utf8')),
    open: (sealed) => openBytes(sealed).toString('utf8'),
    sealBytes,
    openBytes,
    digest: (purpose, text) =>
      createHmac('sha256', indexKey).update(purpose).update('\0').update(text, 'utf8').digest(),
  }
}

/** Hash of a session token as stored: the cookie's secret never stands in the database. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
