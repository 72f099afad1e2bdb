import { expect, test } from 'vitest'
import { findHeader } from './headers.ts'
import { meaningsOf } from './heading-meaning.ts'
import { girl, grandmother, read } from './other-offices.fixture.ts'
import { recogniseKind } from './recognise-kind.ts'
import { withSaidBeside } from './said-beside.ts'
import { placesOfColumns } from './same-meaning.ts'

const headingOf = (...lines: readonly string[]) => {
  const heading = findHeader(lines.map((line, i) => ({ sheet: '', row: i + 1, cells: line.split('|') })))
  if (!heading) throw new Error('no headings')
  return heading
}
const fieldsIn = (...lines: readonly string[]) => meaningsOf(headingOf(...lines)).map(({ fields }) => fields[0])

test('a heading is read with its group word, by its own word where the group adds nothing, and never as somebody else’s', () => {
  expect(fieldsIn('学校|姓名|父亲|父亲|学籍|学籍', '学校|姓名|姓名|身份证号|年级|班级')).toEqual([
    'school_name',
    'name',
    'guardian1_name',
    undefined,
    'grade',
    'class_name',
  ])
  expect(fieldsIn('户主姓名|身份证号|家庭成员姓名|身份证号')).toEqual([
    'household_head',
    'household_head_id',
    'name',
    'id_number',
  ])
})

const formerly = ['姓名|身份证号|毕业学校|毕业学校|现就读|现就读', '姓名|身份证号|学校|年级|学校|年级'] as const

test('the school somebody left is not the school, whatever stands below its group word', () => {
  expect(fieldsIn(...formerly)).toEqual(['name', 'id_number', undefined, undefined, 'school_name', 'grade'])
  const { fields } = read('学生名册', ...formerly, `王芳|${girl}|东关幼儿园|大班|东关小学|三年级`)
  expect(fields).toEqual({ 0: 'name', 1: 'id_number', 4: 'school_name', 5: 'grade' })
})

test('all who ask what a heading means are told the same', () => {
  const left = headingOf('姓名|学号|毕业学校|毕业学校', '姓名|学号|学校|年级')
  expect(withSaidBeside(left, [{ sheet: '东关小学', row: 1, cells: [] }]).headings.at(-1)).toBe('学校(工作表名称)')
  const { inspection } = read('低保名单', '户主姓名|身份证号|姓名|身份证号', `王大山|${grandmother}|王芳|${girl}`)
  const other = headingOf('户主|户主|低保对象|低保对象', '姓名|证件号码|姓名|证件号码')
  expect(placesOfColumns(inspection.mapping.columns, other)).toEqual(
    new Map([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]),
  )
  const heads = headingOf('姓名|班主任|班主任', '姓名|姓名|班级')
  expect(meaningsOf(heads).map(({ fields }) => fields)).toEqual([['name'], [], ['class_in_charge']])
  expect(recogniseKind(heads, '').kind).toBe('staff')
})
