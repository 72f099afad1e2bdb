import { expect, test } from 'vitest'
import { filtersFrom, membersOf, type SavedFilter, withSaved } from './list-filters.ts'

test('choices survive the way through an address', () => {
  const filters = { unit: 'u1', unitName: '三年级1班', rule: 12, mine: true, standing: 'on-leave' as const }
  expect(filtersFrom(membersOf(filters))).toEqual(filters)
  expect(filtersFrom(membersOf({}))).toEqual({})
})

test('an address made up by hand chooses nothing', () => {
  expect(filtersFrom({ rule: '1 or 1', mine: 'true', standing: '2' })).toEqual({})
})

test('saving under a known name replaces it, and the oldest beyond twenty go', () => {
  const many: SavedFilter[] = Array.from({ length: 20 }, (_, n) => ({ name: `条件${n}`, filters: {} }))
  expect(withSaved(many, { name: '条件3', filters: { mine: true } })).toHaveLength(20)
  expect(withSaved(many, { name: '条件3', filters: { mine: true } })[0]).toEqual({
    name: '条件3',
    filters: { mine: true },
  })
  expect(withSaved(many, { name: '新的', filters: {} }).map(({ name }) => name)).not.toContain('条件19')
})
