import { expect, test } from 'vitest'
import type { AskedField } from '#web/flows'
import { pagesOf } from './form-pages.ts'

const field = (id: string, group: string): AskedField => ({
  id,
  label: id,
  type: 'text',
  required: false,
  max: null,
  hint: null,
  group,
  codes: [],
})

test('a form is cut into pages by heading; rows of one table stand on one page under their numbers', () => {
  const pages = pagesOf([
    field('a', '情况'),
    field('b', '情况'),
    field('c', '成员(1)'),
    field('d', '成员(2)'),
    field('e', '承诺'),
  ])
  expect(pages.map(({ title, fields }) => [title, fields.map(({ id, group }) => [id, group])])).toEqual([
    [
      '情况',
      [
        ['a', null],
        ['b', null],
      ],
    ],
    [
      '成员',
      [
        ['c', '成员(1)'],
        ['d', '成员(2)'],
      ],
    ],
    ['承诺', [['e', null]]],
  ])
})
