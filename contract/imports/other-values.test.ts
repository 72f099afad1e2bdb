import { describe, expect, test } from 'vitest'
import { listPersonOf } from './list-person.ts'
import { codes, girl, type Read, read, readOn } from './other-offices.fixture.ts'

/** How offices that never saw our forms write what stands in a cell. */

describe('codes and values', () => {
  test('codes that a heading explains itself go before every code we know', () => {
    const { readings } = read(
      '学生名册',
      '姓名|学校|性别(1女2男)|住宿(1:住校 2:走读)|留守(1双亲2单亲3否)|随迁(否1是2)',
      '王芳|东关小学|1|1|3|2',
    )
    expect(readings[0]?.values).toMatchObject({ sex: 2, boarding: true, left_behind: 0, migrant_child: true })
  })

  test('a bare 1 says neither which parent is away nor which end of a scale it means, and is asked for', () => {
    expect(codes(read('学生名册', '姓名|学校|是否留守儿童', '王芳|东关小学|1', '李四|东关小学|0'))).toEqual([
      ['code.unknown'],
      [],
    ])
    expect(codes(read('心理普测', '姓名|学号|预警等级', '王芳|1|1', '李四|2|红', '赵六|3|0'))).toEqual([
      ['code.unknown'],
      [],
      [],
    ])
    const told = read('心理普测', '姓名|学号|预警等级(1红2黄3正常)', '王芳|1|1')
    expect(told.readings[0]?.values.screening_level).toBe(4)
  })

  test('numbers that Excel rounded are named as such, even where the check digit happens to agree', () => {
    const rounded = ['411323201506170', '411323201602290', '411323201602280', '411323201607120'].map((n) => `${n}000`)
    const list = read(
      '学生名册',
      '姓名|学校|身份证号',
      ...['4.11323E+17', ...rounded].map((n, i) => `王${'芳兰英红梅'[i]}|东关小学|${n}`),
    )
    expect(codes(list)).toEqual(list.readings.map(() => ['id-number.lost-digits']))
  })

  test('a birth of which only the month is written is told, unless the number says the same month', () => {
    const list = read(
      '学生名册',
      '姓名|学校|出生年月|身份证号',
      `王芳|东关小学|2015-6|${girl}`,
      '李四|东关小学|2015年6月|',
      `赵六|东关小学|2015.7|${girl.slice(0, 14)}`,
    )
    expect(codes(list)).toEqual([[], ['date.month-only', 'missing-id-number'], ['date.month-only', 'id-number.length']])
  })

  test('a year of entry under 年级 tells the grade in the school year the list speaks of, and the class', () => {
    const list = readOn(
      '2026-03-01',
      '学生名册',
      '姓名|学校|年级|班级',
      '王芳|东关小学|小学2023级|1班',
      '李四|东关小学|2024级|2024级2班',
      '赵六|东关小学|2010级|1班',
      '孙七|第一中学|初中2099级|1班',
    )
    expect(list.readings.map(({ values }) => [values.grade, (values.class_name as { label: string }).label])).toEqual([
      [{ year: 3, stage: 2 }, '2023级1班'],
      [{ year: 2 }, '2024级2班'],
      [undefined, '2010级1班'],
      [undefined, '2099级1班'],
    ])
    expect(
      list.readings.map(({ faults }) => faults.filter(({ column }) => column === '年级').map(({ value }) => value)),
    ).toEqual([[], [], ['2010级'], ['初中2099级']])
  })

  test('同上 is never copied down nor taken for a name', () => {
    const list = read('学生名册', '姓名|学校|户籍乡镇', '王芳|东关小学|东关镇', '李四|同上|〃')
    expect(list.readings[1]?.faults.map(({ code, scope }) => [code, scope])).toEqual([
      ['text.ditto', 'row'],
      ['text.ditto', 'cell'],
    ])
  })

  test('kind and level of a disability in one cell are two facts', () => {
    const list = read('残疾儿童名单', '姓名|残疾类别及等级', '王芳|肢体三级', '李四|视力残疾/2级', '赵六|多动')
    expect(list.readings.map(({ values }) => [values.disability_kind, values.disability_level])).toEqual([
      [4, 3],
      [1, 2],
      [undefined, undefined],
    ])
    expect(codes(list)[2]).toEqual(['code.unknown'])
  })

  test('seats, rooms and places in the ranking are no results', () => {
    const { inspection } = read('期末成绩', '考场|座位号|姓名|语文|语文名次|进退步|总分', '3|7|王芳|90|2|-3|90')
    expect(inspection.mapping.columns.filter(({ field }) => field === 'score').map(({ subject }) => subject)).toEqual([
      '语文',
    ])
  })

  test('parents who came to the school were not visited at home', () => {
    const list = read(
      '家访登记',
      '姓名|家访时间|方式',
      '王芳|2026.3.1|到校面谈',
      '赵六|2026.3.1|',
      '李四|2026.3.1|实地走访',
    )
    expect(list.readings.map(({ faults, refused }) => [faults.map(({ code }) => code), refused])).toEqual([
      [['code.unknown'], true],
      [['missing'], true],
      [[], false],
    ])
    expect(read('家访登记', '姓名|家访时间', '王芳|2026.3.1').readings[0]?.refused).toBe(false)
  })
})

test('grade and class in two columns or in one name the same class', () => {
  const named = (list: Read) => list.readings.map((reading) => listPersonOf(reading)?.className)
  expect(
    named(read('期中成绩', '学校|年级|班级|姓名|语文', '三中|初二|2班|王芳|90', '三中|八年级|(2)班|李四|80')),
  ).toEqual(['八年级2班', '八年级2班'])
  expect(
    named(read('期中成绩', '学校|年级班级|姓名|语文', '三中|初二(2)班|王芳|90', '三中|2024级2班|李四|80')),
  ).toEqual(['八年级2班', '2024级2班'])
})
