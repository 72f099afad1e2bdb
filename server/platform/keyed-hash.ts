import { hash } from 'node:crypto'

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of short texts. An import makes three for each row; handing each over to OpenSSL and
 * back costs more than the sums themselves while a text is of a block or two. The key's two blocks are worked in once; the value is
 * that of any HMAC.
 */

const roundKeys = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])

const beginning = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])

const blockSize = 64
const words = new Int32Array(64)

/** Works one block of 64 bytes into the state. */
const compress = (state: Int32Array, bytes: Uint8Array, at: number): void => {
  const w = words
  for (let i = 0; i < 16; i++) {
    const from = at + i * 4
    w[i] =
      ((bytes[from] as number) << 24) |
      ((bytes[from + 1] as number) << 16) |
      ((bytes[from + 2] as number) << 8) |
      (bytes[from + 3] as number)
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number
    const y = w[i - 2] as number
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0
  }
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (roundKeys[i] as number) + (w[i] as number)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = (state[0] as number) + a
  state[1] = (state[1] as number) + b
  state[2] = (state[2] as number) + c
  state[3] = (state[3] as number) + d
  state[4] = (state[4] as number) + e
  state[5] = (state[5] as number) + f
  state[6] = (state[6] as number) + g
  state[7] = (state[7] as number) + h
}

/** The state after the key's block, its bytes turned by `pad`. */
const afterKey = (key: Uint8Array, pad: number): Int32Array => {
  const block = new Uint8Array(blockSize).fill(pad)
  key.forEach((byte, at) => {
    block[at] = byte ^ pad
  })
  const state = beginning.slice()
  compress(state, block, 0)
  return state
}

/** Closes a message of `length` bytes that stands at the beginning of `room`; answers how many blocks there are. */
const closed = (room: Buffer, length: number): number => {
  const blocks = Math.ceil((length + 9) / blockSize)
  room.fill(0, length, blocks * blockSize)
  room[length] = 0x80
  // the key's block was worked in before
  room.writeUInt32BE((blockSize + length) * 8, blocks * blockSize - 4)
  return blocks
}

/** Longest text in UTF-16 units hashed this way, at most three bytes each: beyond it only handing over counts. */
export const longestKeyed = 1_000
/** Bytes above which the inner hash goes to OpenSSL: it takes a microsecond for any text of these lengths. */
const mostByOwnSums = 2 * blockSize

/** Builds the keyed hash for a key of at most 64 bytes. */
export const keyedHasher = (key: Uint8Array): ((text: string) => Buffer) => {
  const inner = afterKey(key, 0x36)
  const outer = afterKey(key, 0x5c)
  // the key's block, the text, what closes it
  const room = Buffer.alloc(longestKeyed * 3 + 3 * blockSize, 0)
  room.fill(0x36, 0, blockSize)
  key.forEach((byte, at) => {
    room[at] = byte ^ 0x36
  })
  const message = room.subarray(blockSize)
  const digest = Buffer.alloc(2 * blockSize)
  const state = new Int32Array(8)
  const work = (from: Int32Array, bytes: Buffer, length: number): void => {
    state.set(from)
    const blocks = closed(bytes, length)
    for (let block = 0; block < blocks; block++) compress(state, bytes, block * blockSize)
  }
  const put = (into: Buffer): void => {
    for (let i = 0; i < 8; i++) {
      const word = state[i] as number
      into[i * 4] = word >>> 24
      into[i * 4 + 1] = word >>> 16
      into[i * 4 + 2] = word >>> 8
      into[i * 4 + 3] = word
    }
  }
  return (text) => {
    if (text.length > longestKeyed) throw new RangeError('too long to be hashed as a short text')
    const length = message.write(text, 0)
    if (length > mostByOwnSums)
      digest.write(hash('sha256', room.subarray(0, blockSize + length), 'binary'), 0, 'latin1')
    else {
      work(inner, message, length)
      put(digest)
    }
    work(outer, digest, 32)
    const answer = Buffer.allocUnsafe(32)
    put(answer)
    return answer
  }
}
