import { expect, test } from 'vitest'
import type { UnitNode } from '#contract/organisations'
import { childrenOf, topOf, urbanLabel, vacantSentence } from './tree-rows.ts'

const unit = (id: string, name: string, parentId: string | null = 'a', closedOn: string | null = null): UnitNode => ({
  id,
  parentId,
  path: id,
  kind: 'class',
  name,
  code: null,
  urban: null,
  closedOn,
  children: 0,
})

test('[T2] units keep the order of the office, closed ones after all open ones', () => {
  const units = [unit('1', '1班', 'a', '2025-07-01'), unit('2', '2班'), unit('3', '10班'), unit('4', '1班', 'b')]
  expect(childrenOf(units, 'a').map(({ id }) => id)).toEqual(['2', '3', '1'])
})

test('only the given roots stand on top, also where their parent is out of sight', () => {
  expect(topOf([unit('1', '甲校', 'hidden'), unit('2', '乙校', '1')], ['1']).map(({ id }) => id)).toEqual(['1'])
})

test('[T7] a vacant post says who answers meanwhile, or that nobody does', () => {
  expect(vacantSentence({ label: '校(园)长', name: '周正' })).toBe('暂由校(园)长周正负责。')
  expect(vacantSentence(null)).toContain('没有人')
})

test('an unknown place code has no word of its own', () => {
  expect([1, 3, 4, null].map(urbanLabel)).toEqual(['城区', '乡村', undefined, undefined])
})
