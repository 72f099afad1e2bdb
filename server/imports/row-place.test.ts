import { describe, expect, test } from 'vitest'
import type { ImportRow } from './importing.ts'
import { rowFaults } from './row-faults.ts'
import { rowPlace } from './row-place.ts'

const list = (...sheets: { sheet: string; passed?: true }[]) =>
  ({
    stated: { sheets: sheets.map((sheet) => ({ ...sheet, headingEnd: 1 })) },
    mapping: { columns: [{ column: 3, heading: '是否班主任(班级)', field: 'class_in_charge', confidence: 1 }] },
  }) as unknown as ImportRow

describe('where a row of a workbook stands', () => {
  test.each([
    [list({ sheet: '名单' }), 7, '第 7 行'],
    [list({ sheet: '汇总', passed: true }, { sheet: '名单' }), 7, '第 7 行'],
    [list({ sheet: '三(1)班' }, { sheet: '代码', passed: true }, { sheet: '三(2)班' }), 10_000_003, '“三(2)班”第 3 行'],
  ])('of %# is told as a person finds it', (of, row, place) => {
    expect(rowPlace(of, row)).toBe(place)
  })

  test('a fault found against the database names the column of the file and what stands there', () => {
    const kept = [{ column: '任班主任的班级', scope: 'cell' as const, code: 'conflict', reason: '学校没有这个班级' }]
    expect(rowFaults(list({ sheet: '名单' }), 4, { cells: ['七(1)班'], faults: [] }, kept)).toEqual([
      {
        row: 4,
        column: '是否班主任(班级)',
        value: '七(1)班',
        reason: '学校没有这个班级',
        scope: 'cell',
        code: 'conflict',
      },
    ])
  })
})
