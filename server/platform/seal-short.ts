import { createCipheriv, randomFillSync } from 'node:crypto'

/**
 * AES-256-GCM for short values. Setting up OpenSSL's GCM costs far more than sealing a phone number, and an import seals
 * hundreds of thousands of them; here one block cipher is set up for good and the authentication (GHASH, NIST SP 800-38D
 * 6.4, by tables of eight bits) is done beside it. What it makes is opened by any AES-256-GCM.
 */
export type ShortSealer = (plain: Uint8Array) => Buffer

/** Longest value sealed this way; longer ones gain nothing. */
export const longestShort = 1_024

const blockSize = 16
const nonceSize = 12
/** Nonces drawn at once, each with the blocks that most values need: the mask of the tag and two of text. */
const pooledNonces = 1_024
const pooledBlocks = 3
const sealedHead = 1 + nonceSize + blockSize

/** What falls out on the right in a shift by eight comes back on the left as this. */
const reduction = Int32Array.from({ length: 256 }, (_, fallen) => {
  let back = 0
  for (let bit = 0; bit < 8; bit++) if (fallen & (1 << bit)) back ^= (0xe1 << 24) >>> (7 - bit)
  return back
})

/** Multiples of the hash key by every polynomial of eight bits, as four words each. */
const tableOf = (key: Buffer): Int32Array => {
  const table = new Int32Array(4 * 256)
  let words = [0, 4, 8, 12].map((at) => key.readInt32BE(at))
  for (let index = 128; index > 0; index >>= 1) {
    table.set(words, index * 4)
    const [a = 0, b = 0, c = 0, d = 0] = words
    const carry = d & 1 ? 0xe1000000 : 0
    words = [(a >>> 1) ^ carry, (b >>> 1) | (a << 31), (c >>> 1) | (b << 31), (d >>> 1) | (c << 31)].map(
      (word) => word | 0,
    )
  }
  for (let index = 3; index < 256; index++) {
    const lowest = index & -index
    if (lowest === index) continue
    for (let word = 0; word < 4; word++)
      table[index * 4 + word] = (table[lowest * 4 + word] as number) ^ (table[(index ^ lowest) * 4 + word] as number)
  }
  return table
}

/** Multiplies the state by the hash key, in place. */
const multiply = (state: Int32Array, table: Int32Array): void => {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let word = 3; word >= 0; word--) {
    const bits = state[word] as number
    for (let shift = 0; shift < 32; shift += 8) {
      const fallen = d & 255
      d = (d >>> 8) | (c << 24)
      c = (c >>> 8) | (b << 24)
      b = (b >>> 8) | (a << 24)
      a = (a >>> 8) ^ (reduction[fallen] as number)
      const at = ((bits >>> shift) & 255) * 4
      a ^= table[at] as number
      b ^= table[at + 1] as number
      c ^= table[at + 2] as number
      d ^= table[at + 3] as number
    }
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
}

/** Works the hash of the body, and of its length, into the state. */
const hashInto = (state: Int32Array, body: Buffer, from: number, table: Int32Array): void => {
  state.fill(0)
  for (let at = from; at < body.length; at += blockSize) {
    const end = Math.min(blockSize, body.length - at)
    for (let i = 0; i < end; i++)
      state[i >> 2] = (state[i >> 2] as number) ^ ((body[at + i] as number) << (24 - (i & 3) * 8))
    multiply(state, table)
  }
  state[3] = (state[3] as number) ^ ((body.length - from) * 8)
  multiply(state, table)
}

const putCounters = (into: Buffer, at: number, nonce: Buffer, nonceAt: number, blocks: number): void => {
  for (let block = 0; block < blocks; block++) {
    const from = at + block * blockSize
    nonce.copy(into, from, nonceAt, nonceAt + nonceSize)
    into.writeUInt32BE(block + 1, from + nonceSize)
  }
}

/**
 * Builds the sealer for a 32-byte key. A sealed value is version (1) · nonce (12) · tag (16) · text. Nonces are drawn from the
 * system many at a time and used once; what hides a short value is worked out with them, one call for all.
 */
export const shortSealer = (key: Uint8Array, version: number): ShortSealer => {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  const table = tableOf(cipher.update(Buffer.alloc(blockSize)))
  const nonces = Buffer.alloc(nonceSize * pooledNonces)
  const counters = Buffer.alloc(blockSize * pooledBlocks * pooledNonces)
  const state = new Int32Array(4)
  let streams = counters
  let used = pooledNonces
  const drawNonces = (): void => {
    randomFillSync(nonces)
    for (let one = 0; one < pooledNonces; one++)
      putCounters(counters, one * blockSize * pooledBlocks, nonces, one * nonceSize, pooledBlocks)
    streams = cipher.update(counters)
    used = 0
  }
  return (plain) => {
    if (plain.length > longestShort) throw new RangeError('too long to be sealed as a short value')
    if (used === pooledNonces) drawNonces()
    const nonceAt = used * nonceSize
    let stream = streams
    let streamAt = used * blockSize * pooledBlocks
    used++
    const blocks = 1 + Math.ceil(plain.length / blockSize)
    if (blocks > pooledBlocks) {
      const more = Buffer.alloc(blocks * blockSize)
      putCounters(more, 0, nonces, nonceAt, blocks)
      stream = cipher.update(more)
      streamAt = 0
    }
    const sealed = Buffer.allocUnsafe(sealedHead + plain.length)
    sealed[0] = version
    nonces.copy(sealed, 1, nonceAt, nonceAt + nonceSize)
    for (let i = 0; i < plain.length; i++)
      sealed[sealedHead + i] = (plain[i] as number) ^ (stream[streamAt + blockSize + i] as number)
    hashInto(state, sealed, sealedHead, table)
    for (let i = 0; i < blockSize; i++)
      sealed[1 + nonceSize + i] = ((state[i >> 2] as number) >>> (24 - (i & 3) * 8)) ^ (stream[streamAt + i] as number)
    return sealed
  }
}
