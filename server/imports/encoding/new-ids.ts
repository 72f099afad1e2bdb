import type { PlaceOrder } from './place-book.ts'

/** Ids of what a roster's rows make when they make it. */
export interface NewIds {
  /** The student's: a UUIDv7 of this moment that counts school by school and class by class; its last digits are the row's own. */
  readonly student: (place: PlaceOrder, trace: Uint8Array) => Uint8Array
}

/** Opens ids for one list. New students then reach every index at its end, laid out by their ids. */
export const openNewIds = (): NewIds => {
  const moment = Date.now()
  const began = Buffer.alloc(6)
  began.writeUIntBE(moment, 0, 6)
  let count = 0
  return {
    student: ({ school, group }, trace) => {
      const id = Buffer.allocUnsafe(16)
      began.copy(id)
      id.writeUInt16BE(0x7000 | (school & 0xfff), 6)
      id.writeUInt16BE(0xa000 | (group & 0xfff), 8)
      id.writeUIntBE(count++ & 0xffffff, 10, 3)
      id.set(trace.subarray(0, 3), 13)
      return id
    },
  }
}

const asRandom = (bytes: Uint8Array, first: number): Uint8Array => {
  const id = Buffer.from(bytes)
  id[0] = ((id[0] ?? 0) & 0x7f) | first
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x40
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80
  return id
}

/** Ids of a student's two guardians, from the keyed digest of the row: the second always stands behind the first. */
export const guardianIds = (trace: Uint8Array): readonly [Uint8Array, Uint8Array] => [
  asRandom(trace.subarray(0, 16), 0),
  asRandom(trace.subarray(16, 32), 0x80),
]
