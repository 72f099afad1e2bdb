import { expect, test } from 'vitest'
import { nextToSend, type QueuedFile, queueReducer, sizeText, whyNotFile } from './upload-queue.ts'

const added = (names: readonly string[]): readonly QueuedFile[] =>
  queueReducer([], {
    type: 'added',
    files: names.map((name) => ({ id: name, name, size: 9, reason: whyNotFile({ name, size: 9 }) ?? null })),
  })

test('several files go one after another in the order they were dropped', () => {
  let queue = added(['a.xlsx', 'b.csv', 'c.xls'])
  const order: string[] = []
  for (let next = nextToSend(queue); next !== undefined; next = nextToSend(queue)) {
    order.push(next.id)
    queue = queueReducer(queue, { type: 'sending', id: next.id, sent: 0.5 })
    expect(nextToSend(queue)).toBeUndefined()
    queue = queueReducer(queue, { type: 'sent', id: next.id })
  }
  expect(order).toEqual(['a.xlsx', 'b.csv', 'c.xls'])
})

test('a refused file does not hold up those behind it', () => {
  const queue = queueReducer(added(['a.xlsx', 'b.xlsx']), { type: 'refused', id: 'a.xlsx', reason: '读不了' })
  expect(nextToSend(queue)?.id).toBe('b.xlsx')
})

test('a file that broke off takes its place in the queue again', () => {
  const broken = queueReducer(added(['a.xlsx']), { type: 'refused', id: 'a.xlsx', reason: '网络没有连上' })
  expect(nextToSend(broken)).toBeUndefined()
  expect(nextToSend(queueReducer(broken, { type: 'again', id: 'a.xlsx' }))).toMatchObject({
    id: 'a.xlsx',
    reason: null,
  })
})

test('a file of another kind is refused before it is sent, in words', () => {
  const [file] = added(['照片.jpg'])
  expect(file).toMatchObject({ state: 'refused', reason: '只收 xlsx、xls、csv 三种表格文件。' })
  expect(whyNotFile({ name: '表.XLSX', size: 1 })).toBeUndefined()
  expect(whyNotFile({ name: '表.xlsx', size: 0 })).toContain('空')
})

test('a file being sent cannot be dismissed', () => {
  const queue = queueReducer(added(['a.xlsx']), { type: 'sending', id: 'a.xlsx', sent: 0 })
  expect(queueReducer(queue, { type: 'dismissed', id: 'a.xlsx' })).toHaveLength(1)
  expect(queueReducer(added(['a.xlsx']), { type: 'dismissed', id: 'a.xlsx' })).toHaveLength(0)
})

test('sizes are read at a glance', () => {
  expect([10, 20_480, 1_572_864].map(sizeText)).toEqual(['1 KB', '20 KB', '1.5 MB'])
})
