import { createDecipheriv, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestShort } from './seal-short.ts'
import { secretsFrom } from './secrets.ts'

const encryptionKey = Buffer.alloc(32, 7)
const indexKey = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 5))
const secrets = secretsFrom(encryptionKey, indexKey)

// Opened by the system's own AES-256-GCM, whose tag check fails on the smallest difference.
const openWithSystem = (sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', encryptionKey, sealed.subarray(1, 13))
  decipher.setAuthTag(sealed.subarray(13, 29))
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
}

test('[S 9.3] whatever is sealed, short or long, is opened and authenticated by standard AES-256-GCM', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: longestShort + 40 }), (plain) => {
      expect(openWithSystem(secrets.sealBytes(plain)).equals(plain)).toBe(true)
    }),
    { seed: 20251120, numRuns: 600 },
  )
})

test('every length around a block is sealed right', () => {
  for (const length of [0, 1, 15, 16, 17, 31, 32, 33, longestShort - 1, longestShort, longestShort + 1]) {
    const plain = Buffer.alloc(length, 0xa5)
    expect(openWithSystem(secrets.sealBytes(plain)).equals(plain)).toBe(true)
    expect(secrets.openBytes(secrets.sealBytes(plain)).equals(plain)).toBe(true)
  }
})

test('the same text is never sealed the same way twice, and one changed bit is found', () => {
  const seen = new Set(Array.from({ length: 3_000 }, () => secrets.seal('13900000001').subarray(1, 13).toString('hex')))
  expect(seen.size).toBe(3_000)
  const sealed = secrets.seal('329901201807120046')
  for (let at = 1; at < sealed.length; at++) {
    const bent = Buffer.from(sealed)
    bent[at] = (bent[at] as number) ^ 1
    expect(() => secrets.openBytes(bent)).toThrow()
  }
})

test('the keyed digest is HMAC-SHA-256 of purpose and text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1_400 }), (text) => {
      const standard = createHmac('sha256', indexKey).update('identity').update('\0').update(text, 'utf8').digest()
      expect(secrets.digest('identity', text).equals(standard)).toBe(true)
    }),
    { seed: 20251120, numRuns: 300 },
  )
})
