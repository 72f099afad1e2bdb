import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import { checkDigitOf } from '#contract/imports'
import { writeWorkbook } from '../../server/platform/spreadsheets/index.ts'

const schools = 200
const classesPerSchool = 12
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'
const given = '建国文明思远子涵雨欣浩然梓萱宇轩佳怡俊杰晓燕志强丽华海涛'
const grades = ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级']
const headings =
  '序号 学校名称* 学校标识码 学段 年级* 班级* 学号 姓名* 性别* 出生日期 身份证件号* 民族 户籍乡镇 是否寄宿 监护人1姓名 监护人1电话 监护人2姓名 留守情况 随迁子女 家庭人均年收入(元)'.split(
    ' ',
  )

const pad = (value: number, width: number): string => String(value).padStart(width, '0')
const sign = (signs: string, at: number): string => signs.charAt(at % signs.length)

const rowOf = (i: number): string[] => {
  const school = i % schools
  const group = Math.floor(i / schools) % classesPerSchool
  const series = Math.floor(i / 28) % 1000
  const birth = [2010 + (Math.floor(i / 28_000) % 8), pad((i % 12) + 1, 2), pad((i % 28) + 1, 2)]
  const number = `329901${birth.join('')}${pad(series, 3)}`
  // one row in two hundred has a mistyped number, one in five hundred no name
  const check = i % 200 === 199 ? '?' : checkDigitOf(number)
  const name = sign(surnames, i) + sign(given, i * 7) + sign(given, i * 13)
  return [
    String(i + 1),
    `第${school}小学`,
    `21329${pad(school, 5)}`,
    '小学',
    grades[group % 6] ?? '',
    `${2025 - (group % 6)}级${Math.floor(group / 6) + 1}班`,
    `2025${pad(i, 6)}`,
    i % 500 === 250 ? '' : name,
    series % 2 ? '男' : '女',
    birth.join('-'),
    number + check,
    i % 40 ? '汉' : '回族',
    '石桥镇',
    i % 3 ? '走读' : '住校',
    sign(surnames, i) + sign(given, i * 11),
    `139${pad(i, 8)}`,
    `李${sign(given, i)}`,
    i % 8 ? '非留守' : '双亲留守',
    i % 17 ? '否' : '是',
    String(10_000 + (i % 20_000)),
  ]
}

function* rowsOf(many: number): Generator<string[]> {
  for (let i = 0; i < many; i++) yield rowOf(i)
}

/** The roster of a county of 200 schools as a workbook of twenty columns, made once. Answers its path. */
export const makeRoster = async (path: string, students: number): Promise<string> => {
  if (existsSync(path)) return path
  mkdirSync(dirname(path), { recursive: true })
  const out = createWriteStream(`${path}.part`)
  const columns = headings.map((heading) => ({ heading }))
  const sheet = { name: '学生', titles: ['学生基本信息表'], columns, rows: rowsOf(students) }
  await Promise.all([writeWorkbook(out, [sheet]), finished(out)])
  await rename(`${path}.part`, path)
  return path
}
