/** Something that lies encrypted on the device. Without a vector it lies as it is: see `newKey`. */
export interface Sealed {
  readonly vector: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

/** A key the browser keeps and never hands out; null where the page did not come over https, which has no such keys. */
export type DeviceKey = CryptoKey | null

const algorithm = 'AES-GCM'

/** Makes the key of one account on this device. */
export const newKey = async (): Promise<DeviceKey> =>
  globalThis.crypto.subtle
    ? globalThis.crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt'])
    : null

/** Encrypts bytes under a vector of their own. */
export const seal = async (key: DeviceKey, bytes: ArrayBuffer): Promise<Sealed> => {
  if (key === null) return { vector: new Uint8Array(0), bytes }
  const vector = crypto.getRandomValues(new Uint8Array(12))
  return { vector, bytes: await crypto.subtle.encrypt({ name: algorithm, iv: vector }, key, bytes) }
}

/** The bytes again; throws when the key is another or a bit was changed. */
export const unseal = async (key: DeviceKey, { vector, bytes }: Sealed): Promise<ArrayBuffer> => {
  if (vector.length === 0) return bytes
  if (key === null) throw new Error('sealed under a key this page cannot reach')
  return crypto.subtle.decrypt({ name: algorithm, iv: vector }, key, bytes)
}

const utf8 = new TextEncoder()

export const sealJson = (key: DeviceKey, value: unknown): Promise<Sealed> =>
  seal(key, utf8.encode(JSON.stringify(value)).buffer)

export const unsealJson = async <T>(key: DeviceKey, sealed: Sealed): Promise<T> =>
  JSON.parse(new TextDecoder().decode(await unseal(key, sealed))) as T
