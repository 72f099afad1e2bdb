import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openNumberMap } from './number-map.ts'

const key = fc.oneof(
  fc.nat(50),
  fc.maxSafeNat(),
  fc.nat(400).map((n) => n * 2 ** 32),
)

test('holds what a Map holds, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat(1_000_000)), { maxLength: 3_000 }), fc.array(key), (entries, others) => {
      const ours = openNumberMap()
      const plain = new Map<number, number>()
      for (const [at, value] of entries) {
        ours.set(at, value)
        plain.set(at, value)
      }
      for (const at of [...plain.keys(), ...others]) expect(ours.get(at)).toBe(plain.get(at) ?? -1)
    }),
    { seed: 20261122, numRuns: 100 },
  )
})
