import { describe, expect, test } from 'vitest'
import { headingKeys } from './full-heading.ts'
import { inspectSheet } from './inspect-sheet.ts'
import { girl, grandmother, mother, read } from './other-offices.fixture.ts'

/** How offices that never saw our forms lay theirs out: whose a column is, where headings end, what a row is. */

describe('whose a column is', () => {
  test('[X7] the number behind the head of the household is the head’s, the one behind the member the member’s', () => {
    const list = read(
      '低保对象名册',
      '户主姓名|身份证号|家庭成员姓名|与户主关系|身份证号',
      `王大山|${grandmother}|王芳|孙女|${girl}`,
    )
    expect(list.fields).toEqual({
      0: 'household_head',
      1: 'household_head_id',
      2: 'name',
      3: 'relation_to_head',
      4: 'id_number',
    })
    expect(list.readings[0]?.values.id_number).toBe(girl)
  })

  test('a number that stands with the head alone is never taken for the child’s', () => {
    const { fields } = read('低保对象名册', '户主姓名|身份证号码|姓名', `王大山|${grandmother}|王芳`)
    expect(fields).toEqual({ 0: 'household_head', 1: 'household_head_id', 2: 'name' })
  })

  test('number and telephone behind a guardian are the guardian’s; the telephone is shown as one to look at', () => {
    const { fields, inspection } = read(
      '学生名册',
      '学校|姓名|身份证号|监护人姓名|身份证号|联系电话',
      `东关小学|王芳|${girl}|李秀英|${mother}|13800138000`,
    )
    expect(fields).toEqual({ 0: 'school_name', 1: 'name', 2: 'id_number', 3: 'guardian1_name', 5: 'guardian1_phone' })
    expect(inspection.mapping.columns.find(({ column }) => column === 5)?.confidence).toBeLessThan(0.75)
  })

  test('brackets that name a person name whose it is', () => {
    const { fields } = read(
      '学生名册',
      '学校|姓名(学生)|姓名(监护人)|联系电话(监护人)|身份证号(监护人)|身份证号(学生)',
      `东关小学|王芳|李秀英|13800138000|${mother}|${girl}`,
    )
    expect(fields).toEqual({ 0: 'school_name', 1: 'name', 2: 'guardian1_name', 3: 'guardian1_phone', 5: 'id_number' })
  })

  test('members in numbered columns are nobody: the list has no names and asks for them', () => {
    const { inspection } = read(
      '低保家庭名单',
      '户主姓名|户主身份证号|成员2姓名|成员2身份证号',
      `王大山|${grandmother}|王芳|${girl}`,
    )
    expect(inspection.mapping.missing).toEqual(['姓名'])
    expect(inspection.mapping.columns.map(({ field }) => field)).not.toContain('id_number')
  })

  test('of an address in parts only town and village are taken', () => {
    const { fields } = read(
      '学生名册',
      '姓名|学校|户籍所在地||||',
      '||省|市|县(区)|乡镇(街道)|村',
      '王芳|东关小学|河南省|南阳市|唐河县|东关镇|北街村',
    )
    expect(fields).toEqual({ 0: 'name', 1: 'school_name', 5: 'township', 6: 'village' })
  })
})

describe('what is not guessed', () => {
  test('two columns of names: the list asks whose it is', () => {
    const { inspection } = read('残疾人子女名单', '残疾人姓名|残疾证号|子女姓名|子女身份证号', `王大山||王芳|${girl}`)
    expect(inspection.mapping.missing).toEqual(['姓名'])
    expect(read('家访登记', '教师姓名|学生姓名|家访时间', '贾俊|王芳|2026.3.1').fields).toEqual({
      1: 'name',
      2: 'visited_on',
    })
  })

  test('a certificate of somebody else is nobody’s disability', () => {
    const { readings } = read(
      '残疾人名单',
      '姓名|身份证号|残疾证号',
      `王芳|${girl}|${grandmother}43`,
      `王芳|${girl}|${girl}43`,
    )
    expect(readings.map(({ refused, values }) => [refused, values.disability_kind])).toEqual([
      [true, undefined],
      [false, 4],
    ])
  })

  test('of two columns that mean the same the more usual word is proposed, to be looked at', () => {
    const { inspection } = read('监测对象名单', '姓名|户类型|监测对象类别', '王芳|脱贫户|边缘易致贫户')
    expect(
      inspection.mapping.columns.map(({ column, field, confidence }) => [column, field, confidence < 0.75]),
    ).toEqual([
      [0, 'name', false],
      [2, 'monitor_kind', true],
    ])
    expect(
      read('孤儿名单', '姓名|父亲姓名|监护人姓名|关系|儿童主任电话', '王芳|王大山|李秀英|祖母|13800138000').fields,
    ).toEqual({
      0: 'name',
      2: 'guardian1_name',
      3: 'guardian1_relation',
    })
  })

  test('where somebody works, went or will go to school is not the school, a seat is no number of a pupil', () => {
    const { fields } = read('学生名册', '姓名|班内学号|毕业学校|监护人姓名|工作单位', '王芳|7|东关幼儿园|王大山|纺织厂')
    expect(fields).toEqual({ 0: 'name', 3: 'guardian1_name' })
  })

  test('a correction is remembered for each of two columns of the same heading', () => {
    const rows = ['低保名单', '户主|身份证号|姓名|身份证号', `王大山|${grandmother}|王芳|${girl}`].map((line, i) => ({
      sheet: '',
      row: i + 1,
      cells: line.split('|'),
    }))
    const keys = headingKeys(['户主', '身份证号', '姓名', '身份证号'])
    const meanings = ['household_head', 'none', 'name', 'id_number'] as const
    const remembered = new Map(keys.map((key, i) => [key, meanings[i] ?? 'none'] as const))
    const again = inspectSheet(rows, '', { kind: 'dibao', remembered })
    expect(again?.mapping.columns.map(({ column, field }) => [column, field])).toEqual([
      [0, 'household_head'],
      [2, 'name'],
      [3, 'id_number'],
    ])
  })
})

describe('heading rows', () => {
  test('group words that are not merged stand over the blank cells behind them', () => {
    const list = read(
      '学生监护人登记',
      '序号|学生姓名|学校|监护人一|||监护人二||备注',
      '|||姓名|关系|电话|姓名|电话|',
      '1|王芳|东关小学|李秀英|母亲|13800138000|王大山|13900139000|',
    )
    expect(list.inspection.headingEnd).toBe(3)
    expect(list.fields).toEqual({
      1: 'name',
      2: 'school_name',
      3: 'guardian1_name',
      4: 'guardian1_relation',
      5: 'guardian1_phone',
      6: 'guardian2_name',
      7: 'guardian2_phone',
      8: 'note',
    })
    expect(list.readings).toHaveLength(1)
  })

  test('of three heading rows the lower two count', () => {
    const { fields, readings } = read(
      '学生基本情况|学生基本情况|家庭情况|家庭情况',
      '学校|姓名|父亲|父亲',
      '学校|姓名|姓名|电话',
      '东关小学|王芳|王大山|13800138000',
    )
    expect(fields).toEqual({ 0: 'school_name', 1: 'name', 2: 'guardian1_name', 3: 'guardian1_phone' })
    expect(readings).toHaveLength(1)
  })

  test('a line with a place for a stamp and a date is no row of group words', () => {
    const { inspection } = read('单位(盖章):||填报日期:', '姓名|学校|学号', '王芳|东关小学|1')
    expect([inspection.heading.height, inspection.heading.groups]).toEqual([1, ['', '', '']])
  })
})

describe('rows that are no people', () => {
  const heads = '序号|学校|年级|班级|姓名|学号'
  test.each([
    ['a sum behind a school', '|东关小学|小计||6人|'],
    [
      'a mark over all columns',
      '内部资料 严禁外传|内部资料 严禁外传|内部资料 严禁外传|内部资料 严禁外传|内部资料 严禁外传|内部资料 严禁外传',
    ],
    ['a place for signatures', '校长签字:||||制表:王五|'],
    ['averages', '平均分|东关小学|三年级|1班||90'],
  ])('%s', (_, line) => {
    expect(read('学生名册', heads, '1|东关小学|三年级|1班|王芳|7', line).readings).toHaveLength(1)
  })
})
