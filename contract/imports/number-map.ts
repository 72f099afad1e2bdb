/** Whole numbers under keys of up to 53 bits, in a few bytes each: hundreds of thousands of them are nothing to clear away. */
export interface NumberMap {
  /** -1 when there is none. */
  readonly get: (key: number) => number
  /** `value` from 0. */
  readonly set: (key: number, value: number) => void
}

const beginning = 1 << 10

/** Opens an empty map; it doubles when it is half full. */
export const openNumberMap = (): NumberMap => {
  let keys = new Float64Array(beginning)
  // one more than the value; 0 where nothing stands
  let values = new Int32Array(beginning)
  let mask = beginning - 1
  let size = 0

  const placeOf = (key: number): number => {
    const low = key | 0
    let at = (Math.imul(low ^ (low >>> 15), 0x2c1b3c6d) >>> 7) & mask
    while (values[at] !== 0 && keys[at] !== key) at = (at + 1) & mask
    return at
  }

  const grow = (): void => {
    const before = { keys, values }
    keys = new Float64Array(before.keys.length * 2)
    values = new Int32Array(keys.length)
    mask = keys.length - 1
    for (let i = 0; i < before.keys.length; i++) {
      const value = before.values[i] as number
      if (value === 0) continue
      const at = placeOf(before.keys[i] as number)
      keys[at] = before.keys[i] as number
      values[at] = value
    }
  }

  return {
    get: (key) => (values[placeOf(key)] as number) - 1,
    set: (key, value) => {
      const at = placeOf(key)
      if (values[at] === 0) size++
      keys[at] = key
      values[at] = value + 1
      if (size * 2 > mask) grow()
    },
  }
}
