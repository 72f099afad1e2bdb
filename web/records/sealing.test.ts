import { expect, test } from 'vitest'
import { newKey, seal, sealJson, unseal, unsealJson } from './sealing.ts'

test('[C13] what is sealed holds no word of the note, opens with its key and with no other', async () => {
  const [key, other] = [await newKey(), await newKey()]
  const note = { household_note: '祖父照看,父亲外出务工' }
  const sealed = await sealJson(key, note)
  expect(Buffer.from(sealed.bytes).includes(Buffer.from('祖父'))).toBe(false)
  expect(await unsealJson(key, sealed)).toEqual(note)
  await expect(unsealJson(other, sealed)).rejects.toThrow()
})

test('the same bytes never look the same twice, and a changed bit is noticed', async () => {
  const key = await newKey()
  const bytes = new TextEncoder().encode('同样的话').buffer
  const [one, two] = [await seal(key, bytes), await seal(key, bytes)]
  expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).toBe(false)
  const first = new Uint8Array(one.bytes, 0, 1)
  first.set([(first[0] ?? 0) ^ 1])
  await expect(unseal(key, one)).rejects.toThrow()
})

test('no script can take the key out of the browser', async () => {
  const key = await newKey()
  if (key === null) throw new Error('no key')
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
})
