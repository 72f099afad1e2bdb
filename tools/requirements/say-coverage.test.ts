import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findClauses, findEndpoints, findPassingTests, findScreens, idsIn } from './find-carriers.ts'
import { type Found, type Requirement, sayCoverage, unknownIds } from './say-coverage.ts'

const root = join(import.meta.dirname, '../..')
const ledger = JSON.parse(readFileSync(join(root, 'docs/requirements.json'), 'utf8')) as Requirement[]
const one: Requirement = { id: 'T5', kind: 'record', zh: '了解家情', en: 'Household economy' }
const nothing: Found = { clauses: [], endpoints: [], screens: [], tests: [] }
const rowOf = (found: Found) =>
  sayCoverage([one], found)
    .split('\n')
    .filter((line) => / T5 \|/.test(line))

test('the ledger holds each of the 140 requirements once, of a known kind', () => {
  const ids = ledger.map(({ id }) => id)
  expect(new Set(ids).size).toBe(140)
  const many = { T: 12, X: 11, U: 8, N: 10, Z: 19, C: 31, G: 36, S: 13 }
  for (const [letter, count] of Object.entries(many))
    expect(ids.filter((id) => id.startsWith(letter))).toEqual(
      Array.from({ length: count }, (_, n) => `${letter}${n + 1}`),
    )
  expect(ledger.filter(({ kind }) => !['who', 'duty', 'record', 'count', 'flow', 'guard'].includes(kind))).toEqual([])
  expect(ledger.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !/^[\x20-\x7e]+$/.test(en))).toEqual([])
})

test('ids are read from brackets only, several in one', () => {
  expect(idsIn('[C2 G3] the key list opens to the care team [T7]')).toEqual(['C2', 'G3', 'T7'])
  expect(idsIn('C2 and [S 9.3 8.1.4.1-3] and list[C1x] and [12]')).toEqual([])
})

test('a requirement is shown only by a test that passed', () => {
  const report = (status: string) =>
    JSON.stringify({
      testResults: [{ name: `${root}/server/a.test.ts`, assertionResults: [{ fullName: '[T5] it works', status }] }],
    })
  const tests = findPassingTests(root, report('passed'))
  expect(tests).toEqual([{ what: 'server/a.test.ts', ids: ['T5'] }])
  const elsewhere = report('passed').replace(`${root}/`, '/somewhere/else/')
  expect(findPassingTests(root, elsewhere)).toEqual(tests)
  expect(findPassingTests(root, report('failed'))).toEqual([])
  expect(findPassingTests(root, report('skipped'))).toEqual([])
  expect(rowOf({ ...nothing, tests })).toEqual(['| ● T5 | record | 了解家情 |  |  |  | `server/a.test.ts (1)` |'])
  const clauses = [{ what: 'taizhou/visit', ids: ['T5'] }]
  expect(rowOf({ ...nothing, clauses })).toEqual(['| ○ T5 | record | 了解家情 | `taizhou/visit` |  |  |  |'])
  expect(rowOf(nothing)).toEqual(['| · T5 | record | 了解家情 |  |  |  |  |'])
})

test('the same findings give the same page, in whatever order they were found', () => {
  const clauses = ['b', 'a', 'c', 'a'].map((what) => ({ what, ids: ['T5'] }))
  expect(sayCoverage([one], { ...nothing, clauses })).toBe(
    sayCoverage([one], { ...nothing, clauses: clauses.toReversed() }),
  )
})

test('everything in the repository names only requirements that exist, and each kind of carrier is found', async () => {
  const endpoints = await findEndpoints(root)
  const found = { clauses: findClauses(root), endpoints, screens: findScreens(root, endpoints), tests: [] }
  expect(unknownIds(ledger, found)).toEqual([])
  expect(unknownIds(ledger, { ...found, tests: [{ what: 'x', ids: ['T99'] }] })).toEqual(['T99: x'])
  const carry = (carriers: Found['clauses'], id: string) => carriers.some(({ ids }) => ids.includes(id))
  expect([carry(found.clauses, 'T1'), carry(found.endpoints, 'C12'), carry(found.screens, 'C12')]).toEqual([
    true,
    true,
    true,
  ])
})
