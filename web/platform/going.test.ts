import { expect, test } from 'vitest'
import { withQuery } from './going.tsx'

test('an address from the server may bring its own members', () => {
  expect(withQuery('/flows?kind=key-listing', undefined)).toEqual({ to: '/flows', search: { kind: 'key-listing' } })
})

test('members given win over those in the address, and absent ones are left out', () => {
  expect(withQuery('/students?mine=yes&rule=1', { rule: '2', unit: undefined })).toEqual({
    to: '/students',
    search: { mine: 'yes', rule: '2' },
  })
})
