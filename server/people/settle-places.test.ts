import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAtOrBelow } from '#contract/organisations'
import { type Place, settlePlaces } from './settle-places.ts'

const school = (path: string, kinds: number[]): Place => ({ path, kinds, isClass: false })
const classAt = (path: string, kinds: number[]): Place => ({ path, kinds, isClass: true })
const classesBelow = (path: string) => [`${path}1.`, `${path}2.`]

test('two posts at the same unit open together what each opens', () => {
  expect(settlePlaces([school('a.', [1, 2]), school('a.', [1, 5])], classesBelow)?.ranges).toEqual([
    school('a.', [1, 2, 5]),
  ])
})

test('a class inside a school that opens no more is dropped, one that opens more stays', () => {
  const inside = settlePlaces([school('a.', [1, 2]), classAt('a.1.', [1])], classesBelow)
  expect(inside).toEqual({ ranges: [school('a.', [1, 2])], classes: [], classKinds: [] })
  const more = settlePlaces([school('a.', [1, 2]), classAt('a.1.', [1, 7])], classesBelow)
  expect(more).toMatchObject({ classes: ['a.1.'], classKinds: [1, 7] })
})

test('a third school becomes its classes when they open the same as the classes listed', () => {
  const settled = settlePlaces([school('a.', [1]), school('b.', [1, 5]), school('c.', [1])], classesBelow)
  expect(settled?.ranges).toHaveLength(2)
  expect(settled).toMatchObject({ classes: ['c.1.', 'c.2.'], classKinds: [1] })
})

test('what does not fit is refused, never cut off', () => {
  const four = [school('a.', [1]), school('b.', [2]), school('c.', [3]), school('d.', [4])]
  expect(settlePlaces(four, classesBelow)).toBeUndefined()
  const many = (path: string) => Array.from({ length: 61 }, (_, index) => `${path}${index}.`)
  expect(settlePlaces([school('a.', [1]), school('b.', [1]), school('c.', [1])], many)).toBeUndefined()
})

const kinds = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
const anyPlace = fc.oneof(
  fc.record({ path: fc.constantFrom('a.', 'b.', 'c.'), kinds, isClass: fc.constant(false) }),
  fc.record({ path: fc.constantFrom('a.1.', 'a.2.', 'b.1.', 'c.2.'), kinds, isClass: fc.constant(true) }),
)

test('whatever the posts, exactly the places and domains they open are open', () => {
  const paths = ['a.', 'b.', 'c.'].flatMap((path) => [...classesBelow(path)])
  fc.assert(
    fc.property(fc.array(anyPlace, { maxLength: 5 }), (places) => {
      const settled = settlePlaces(places, classesBelow)
      if (!settled) return
      expect(settled.ranges.length).toBeLessThanOrEqual(2)
      for (const path of paths) {
        for (const kind of [1, 2, 3, 4]) {
          const asked = places.some((place) => isAtOrBelow(path, place.path) && place.kinds.includes(kind))
          const open =
            settled.ranges.some((range) => isAtOrBelow(path, range.path) && range.kinds.includes(kind)) ||
            (settled.classes.includes(path) && settled.classKinds.includes(kind))
          expect({ path, kind, open }).toEqual({ path, kind, open: asked })
        }
      }
    }),
    { seed: 20251015, numRuns: 2_000 },
  )
})
