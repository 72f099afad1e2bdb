import { createCipheriv, randomFillSync } from 'node:crypto'

/**
 * AES-256-GCM for short values. Setting up OpenSSL's GCM costs far more than sealing a phone number, and an import seals
 * hundreds of thousands of them; here one block cipher is set up for good and the authentication (GHASH, NIST SP 800-38D
 * 6.4, by tables of four bits) is done beside it. What it makes is opened by any AES-256-GCM.
 */
export type ShortSealer = (plain: Uint8Array) => { readonly nonce: Buffer; readonly tag: Buffer; readonly body: Buffer }

/** Longest value sealed this way; longer ones gain nothing. */
export const longestShort = 1_024

const blockSize = 16
const nonceSize = 12
const pooledNonces = 1_024

// What falls out on the right in a shift by four comes back on the left as this.
const reduction = [
  0x0000, 0x1c20, 0x3840, 0x2460, 0x7080, 0x6ca0, 0x48c0, 0x54e0, 0xe100, 0xfd20, 0xd940, 0xc560, 0x9180, 0x8da0,
  0xa9c0, 0xb5e0,
]

/** Multiples of the hash key by every four-bit polynomial, as four words each. */
const tableOf = (key: Buffer): Int32Array => {
  const table = new Int32Array(64)
  const put = (index: number, words: readonly number[]) => table.set(words, index * 4)
  let words = [0, 4, 8, 12].map((at) => key.readInt32BE(at))
  for (const index of [8, 4, 2, 1]) {
    put(index, words)
    const [a = 0, b = 0, c = 0, d = 0] = words
    const carry = d & 1 ? 0xe1000000 : 0
    words = [(a >>> 1) ^ carry, (b >>> 1) | (a << 31), (c >>> 1) | (b << 31), (d >>> 1) | (c << 31)].map(
      (word) => word | 0,
    )
  }
  for (const index of [3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15]) {
    for (let word = 0; word < 4; word++) {
      let sum = 0
      for (const bit of [1, 2, 4, 8]) if (index & bit) sum ^= table[bit * 4 + word] ?? 0
      table[index * 4 + word] = sum
    }
  }
  return table
}

/** Multiplies the state by the hash key, in place. */
const multiply = (state: Buffer, table: Int32Array): void => {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = blockSize * 2 - 1; i >= 0; i--) {
    const byte = state[i >> 1] as number
    const nibble = i & 1 ? byte & 15 : byte >> 4
    const fallen = d & 15
    d = (d >>> 4) | (c << 28)
    c = (c >>> 4) | (b << 28)
    b = (b >>> 4) | (a << 28)
    a = (a >>> 4) ^ ((reduction[fallen] as number) << 16)
    const at = nibble * 4
    a ^= table[at] as number
    b ^= table[at + 1] as number
    c ^= table[at + 2] as number
    d ^= table[at + 3] as number
  }
  state.writeInt32BE(a, 0)
  state.writeInt32BE(b, 4)
  state.writeInt32BE(c, 8)
  state.writeInt32BE(d, 12)
}

const hashOf = (body: Buffer, table: Int32Array): Buffer => {
  const state = Buffer.alloc(blockSize)
  for (let at = 0; at < body.length; at += blockSize) {
    const end = Math.min(blockSize, body.length - at)
    for (let i = 0; i < end; i++) state[i] = (state[i] as number) ^ (body[at + i] as number)
    multiply(state, table)
  }
  state.writeInt32BE(state.readInt32BE(12) ^ (body.length * 8), 12)
  multiply(state, table)
  return state
}

/** Draws nonces from the system many at a time; each is used once. */
const nonceGiver = (): (() => Buffer) => {
  const pool = Buffer.alloc(nonceSize * pooledNonces)
  let used = pooledNonces
  return () => {
    if (used === pooledNonces) {
      randomFillSync(pool)
      used = 0
    }
    const at = used++ * nonceSize
    return Buffer.from(pool.subarray(at, at + nonceSize))
  }
}

/** Builds the sealer for a 32-byte key. */
export const shortSealer = (key: Uint8Array): ShortSealer => {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const table = tableOf(cipher.update(Buffer.alloc(blockSize)))
  const nextNonce = nonceGiver()
  return (plain) => {
    if (plain.length > longestShort) throw new RangeError('too long to be sealed as a short value')
    const nonce = nextNonce()
    const blocks = Math.ceil(plain.length / blockSize)
    const counters = Buffer.alloc((blocks + 1) * blockSize)
    for (let block = 0; block <= blocks; block++) {
      nonce.copy(counters, block * blockSize)
      counters.writeUInt32BE(block + 1, block * blockSize + nonceSize)
    }
    const stream = cipher.update(counters)
    const body = Buffer.allocUnsafe(plain.length)
    for (let i = 0; i < plain.length; i++) body[i] = (plain[i] as number) ^ (stream[blockSize + i] as number)
    const tag = hashOf(body, table)
    for (let i = 0; i < blockSize; i++) tag[i] = (tag[i] as number) ^ (stream[i] as number)
    return { nonce, tag, body }
  }
}
