import { expect, test } from 'vitest'
import { sayDay } from '#contract/platform'
import type { Pack } from './pack.ts'
import { sayCite } from './say-cite.ts'

const pack = (id: string, title: string) => ({ documents: [{ id, title }] }) as unknown as Pack

test('a rule says its documents by their titles, wherever along the packs they are named', () => {
  const cite = [
    { requirement: ['T1'], document: 'letter', at: '第二条' },
    { requirement: [], document: 'notice', at: '一' },
    { requirement: [], document: 'nowhere', at: '二' },
  ]
  expect(sayCite(cite, [pack('notice', '关于走访的通知'), pack('letter', '走访办法')])).toBe(
    '《走访办法》 第二条;《关于走访的通知》 一;nowhere 二',
  )
})

test('a day is said in words, and what is no whole day as it was written', () => {
  expect(['2025-09-01', '2025-08', '2025秋'].map(sayDay)).toEqual(['2025年9月1日', '2025-08', '2025秋'])
})
