import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { type WrittenCell, writeWorkbook } from '#server/platform/spreadsheets'
import type { ShownPlace, ShownPlaceSchool } from './shown-place.ts'

/** A workbook made up for a place, and the day it speaks of. */
export interface MadeList {
  readonly path: string
  readonly asOf: string
}

interface Pupil {
  readonly school: ShownPlaceSchool
  readonly cells: Readonly<Record<string, string>>
  readonly index: number
}

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜']
const given = [...'安宁思远子涵雨桐明轩梓欣佳怡博文浩宇静雅俊杰晨曦可心若兰志春秋实']
const perClass = 8

/** Numbers that follow from a seed alone, so that the same place is made each time. */
const seeded = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const identity = (region: string, birth: string, sequence: number): string => {
  const body = `${region}${birth}${String(sequence).padStart(3, '0')}`
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (weights[place] ?? 0), 0)
  return `${body}${'10X98765432'[sum % 11]}`
}

const firstAge: Readonly<Record<string, number>> = { 小学: 6, 初中: 12, 五年制高职: 15, 本科: 18 }
const gradeNumber = (grade: string): number => '一二三四五六七八九'.indexOf(grade[0] ?? '') + 1

const pupilsOf = (place: ShownPlace, seed: number, year: number): readonly Pupil[] => {
  const next = seeded(seed)
  const name = (): string =>
    `${surnames[next(surnames.length)]}${given[next(given.length)]}${given[next(given.length)]}`
  const region = place.county?.code ?? '329999'
  let index = 0
  return place.schools.flatMap((school) =>
    school.classes.flatMap((of) =>
      Array.from({ length: perClass }, (): Pupil => {
        const at = index++
        const years = gradeNumber(of.grade) - (of.stage === '初中' ? 6 : 0)
        const birthYear = year - (firstAge[of.stage] ?? 6) - years
        const birth = `${birthYear}${String(1 + next(12)).padStart(2, '0')}${String(1 + next(28)).padStart(2, '0')}`
        const cells = {
          学校名称: school.name,
          学段: of.stage,
          年级: of.grade,
          班级: of.name,
          学号: `${year}${String(seed).padStart(2, '0')}${String(at).padStart(3, '0')}`,
          姓名: name(),
          性别: at % 2 === 0 ? '男' : '女',
          身份证件号: identity(region, birth, 100 * seed + at),
          监护人1姓名: name(),
          是否寄宿: at % 5 === 0 ? '寄宿' : '走读',
          留守情况: at % 6 === 1 ? '双亲留守' : '非留守',
          随迁子女: at % 7 === 2 ? '是' : '否',
          单亲家庭: at % 8 === 3 ? '是' : '否',
        }
        return { school, cells, index: at }
      }),
    ),
  )
}

const staffOf = (place: ShownPlace, seed: number): Record<string, string>[] => {
  const next = seeded(seed + 1000)
  return place.schools.flatMap((school, at) => {
    const own: readonly (readonly [string, string])[] = [
      ['校长', ''],
      ['资助专干', ''],
      ['心理教师', ''],
      ...(school.kind === 'university' || school.kind === 'five-year-college'
        ? ([
            ['辅导员', ''],
            ['就业指导教师', ''],
          ] as const)
        : []),
      ...school.classes.map((of) => ['教师', of.name] as const),
    ]
    return own.map(([post, inCharge], line) => ({
      学校: school.name,
      工号: `${place.loginName.slice(0, 2).toUpperCase()}${at}${String(line).padStart(2, '0')}`,
      姓名:
        place.post === 'school-aid-officer' && post.startsWith('资助')
          ? place.officer
          : `${surnames[next(surnames.length)]}${given[next(given.length)]}`,
      性别: line % 2 === 0 ? '女' : '男',
      岗位: post,
      任班主任的班级: inCharge,
    }))
  })
}

/**
 * Writes the workbooks an office of this place would hand in, from a seed: the roster, the staff, two departments' lists,
 * a screening. Everybody in them is made up.
 */
export const makeLists = async (
  folder: string,
  place: ShownPlace,
  seed: number,
  schoolYear: number,
): Promise<readonly MadeList[]> => {
  const pupils = pupilsOf(place, seed, schoolYear)
  const some = (of: (pupil: Pupil) => boolean, cells: (pupil: Pupil) => Record<string, string>) =>
    pupils.filter(of).map(cells)
  const who = ({ cells }: Pupil) => ({ 姓名: cells.姓名 ?? '', 身份证件号: cells.身份证件号 ?? '' })
  const atSchool = ({ cells }: Pupil) => ({
    学校名称: cells.学校名称 ?? '',
    班级: cells.班级 ?? '',
    学号: cells.学号 ?? '',
  })
  const lists: [string, string, Record<string, string>[]][] = [
    ['学生基本信息表', `${schoolYear}-09-05`, pupils.map(({ cells }) => ({ ...cells }))],
    ['教职工信息表', `${schoolYear}-09-05`, staffOf(place, seed)],
    [
      '最低生活保障对象名单',
      `${schoolYear}-09-01`,
      some(
        ({ index }) => index % 4 === 0,
        (pupil) => ({ 户主姓名: pupil.cells.监护人1姓名 ?? '', ...who(pupil) }),
      ),
    ],
    [
      '持证残疾人名单',
      `${schoolYear}-09-01`,
      some(
        ({ index }) => index % 16 === 6,
        (pupil) => ({ ...who(pupil), 残疾类别: '肢体', 残疾等级: '三级' }),
      ),
    ],
    [
      '心理普测结果',
      `${schoolYear}-10-20`,
      some(
        ({ index }) => index % 3 !== 1,
        (pupil) => ({
          ...atSchool(pupil),
          ...who(pupil),
          预警等级: pupil.index % 12 === 0 ? '橙色' : pupil.index % 12 === 8 ? '黄色' : '正常',
          测评日期: `${schoolYear}-10-15`,
        }),
      ),
    ],
  ]
  if (place.absences)
    lists.push([
      '未按时报到学生名单',
      `${schoolYear}-09-10`,
      some(
        ({ index }) => index % 8 === 4,
        (pupil) => ({ ...atSchool(pupil), ...who(pupil), 未报到原因: '疾病' }),
      ),
    ])
  const made: MadeList[] = []
  for (const [title, asOf, rows] of lists) {
    const path = join(folder, `${place.issuer}-${title}.xlsx`)
    const headings = Object.keys(rows[0] ?? {})
    await writeWorkbook(createWriteStream(path), [
      {
        name: title,
        titles: [title],
        columns: headings.map((heading) => ({ heading })),
        rows: rows.map((row): WrittenCell[] => headings.map((heading) => row[heading])),
      },
    ])
    made.push({ path, asOf })
  }
  return made
}
