import { describe, expect, test } from 'vitest'
import {
  readAbsenceReason,
  readAttendance,
  readBoarding,
  readDisabilityKind,
  readDisabilityLevel,
  readEthnicity,
  readLeftBehind,
  readMonitorKind,
  readOrphanKind,
  readScreeningLevel,
  readSex,
  readStage,
  readVisitMode,
  readYesNo,
} from './codes.ts'
import { outcome } from './result.fixture.ts'
import type { Normalised } from './result.ts'
import { classWord, readClassName, readGrade } from './school.ts'

describe('codes', () => {
  test.each<[string, (text: string) => Normalised<unknown>, readonly (readonly [string, unknown])[]]>([
    [
      'sex',
      readSex,
      [
        ['男', 1],
        ['女', 2],
        ['1', 1],
        ['2', 2],
        ['M', 1],
        ['f', 2],
        ['男性', 1],
        ['1男', 1],
        ['2-女', 2],
        ['x', 'code.unknown'],
        ['', undefined],
      ],
    ],
    [
      'yes-no',
      readYesNo,
      [
        ['是', true],
        ['否', false],
        ['1', true],
        ['0', false],
        ['Y', true],
        ['n', false],
        ['√', true],
        ['×', false],
        ['有', true],
        ['无', false],
        ['TRUE', true],
        ['也许', 'code.unknown'],
      ],
    ],
    [
      'boarding',
      readBoarding,
      [
        ['走读', false],
        ['住校', true],
        ['0', false],
        ['1', true],
        ['否', false],
        ['Y', true],
      ],
    ],
    [
      'attendance',
      readAttendance,
      [
        ['1', false],
        ['2', true],
        ['住校', true],
      ],
    ],
    [
      'left behind',
      readLeftBehind,
      [
        ['非留守', 0],
        ['单亲留守', 1],
        ['双亲留守', 2],
        ['0', 0],
        ['1', 1],
        ['2', 2],
        ['是', 'code.unknown'],
      ],
    ],
    [
      'monitor kind',
      readMonitorKind,
      [
        ['脱贫户', 1],
        ['脱贫不稳定户', 2],
        ['边缘易致贫户', 3],
        ['突发严重困难户', 4],
      ],
    ],
    [
      'disability',
      readDisabilityKind,
      [
        ['视力', 1],
        ['精神残疾', 6],
        ['7', 7],
        ['8', 'code.unknown'],
      ],
    ],
    [
      'level',
      readDisabilityLevel,
      [
        ['一级', 1],
        ['4', 4],
        ['贰级', 2],
        ['Ⅲ级', 3],
        ['五级', 'code.unknown'],
      ],
    ],
    [
      'screening',
      readScreeningLevel,
      [
        ['正常', 0],
        ['蓝', 1],
        ['黄色', 2],
        ['橙色预警', 3],
        ['红', 4],
        ['二级', 'code.unknown'],
      ],
    ],
    [
      'orphan',
      readOrphanKind,
      [
        ['孤儿', 'orphan'],
        ['事实无人抚养儿童', 'de-facto'],
      ],
    ],
    [
      'visit',
      readVisitMode,
      [
        ['入户', 'on-site'],
        ['上门家访', 'on-site'],
        ['电话', 'phone'],
        ['线上', 'video'],
      ],
    ],
    [
      'absence',
      readAbsenceReason,
      [
        ['生病', 1],
        ['厌学', 3],
        ['休学', 8],
        ['原因不明', 10],
        ['随父母外出未办转学', 11],
      ],
    ],
    [
      'stage',
      readStage,
      [
        ['学前', 1],
        ['初中', 3],
        ['中职', 5],
        ['特教', 7],
      ],
    ],
    [
      'ethnicity',
      readEthnicity,
      [
        ['汉', 1],
        ['回族', 3],
        ['01', 1],
        ['03-回族', 3],
        ['维吾尔族', 5],
        ['火星', 'code.unknown'],
      ],
    ],
  ])('%s', (_, read, cases) => {
    expect(cases.map(([text]) => [text, outcome(read(text))])).toEqual(cases.map(([text, value]) => [text, value]))
  })

  test.each([
    ['一年级', { year: 1 }],
    ['1', { year: 1 }],
    ['六年级', { year: 6 }],
    ['七年级', { year: 1, stage: 3 }],
    ['初二', { year: 2, stage: 3 }],
    ['高二', { year: 2, stage: 4 }],
    ['高中三年级', { year: 3, stage: 4 }],
    ['职高一', { year: 1, stage: 5 }],
    ['12', { year: 3, stage: 4 }],
    ['大班', { year: 3, stage: 1 }],
    ['2024级', { cohort: 2024 }],
    ['小学2019级', { cohort: 2019, stage: 2 }],
    ['高2024级', { cohort: 2024, stage: 4 }],
    ['1924级', 'code.unknown'],
    ['constructor', 'code.unknown'],
    ['__proto__', 'code.unknown'],
  ])('the grade %s', (text, expected) => {
    expect(outcome(readGrade(text))).toEqual(expected)
  })

  test.each([
    ['2025级1班', { label: '2025级1班', number: 1, cohort: 2025 }],
    ['25级(1)班', { label: '2025级1班', number: 1, cohort: 2025 }],
    ['1班', { label: '1班', number: 1 }],
    ['（１）班', { label: '1班', number: 1 }],
    ['2', { label: '2班', number: 2 }],
    ['十二班', { label: '12班', number: 12 }],
    ['一年级1班', { label: '1班', number: 1, grade: { year: 1 } }],
    ['三(2)班', { label: '2班', number: 2, grade: { year: 3 } }],
    ['高一(3)班', { label: '3班', number: 3, grade: { year: 1, stage: 4 } }],
    ['三一班', { label: '1班', number: 1, grade: { year: 3 } }],
    ['高一二班', { label: '2班', number: 2, grade: { year: 1, stage: 4 } }],
    ['八五班', { label: '5班', number: 5, grade: { year: 2, stage: 3 } }],
    ['二十一班', { label: '21班', number: 21 }],
    ['301班', { label: '1班', number: 1, grade: { year: 3 } }],
    ['大班', { label: '大班', grade: { year: 3, stage: 1 } }],
    ['大一班', { label: '1班', number: 1, grade: { year: 3, stage: 1 } }],
    ['中(2)班', { label: '2班', number: 2, grade: { year: 2, stage: 1 } }],
    ['托一班', { label: '托一班' }],
    ['小班3班', { label: '3班', number: 3, grade: { year: 1, stage: 1 } }],
    ['软件2301', { label: '软件2301' }],
    ['向日葵班', { label: '向日葵班' }],
    ['班'.repeat(61), 'text.too-long'],
  ])('the class %s', (text, expected) => {
    expect(outcome(readClassName(text))).toEqual(expected)
  })

  test.each([
    [{ year: 3 }, '2班', '三年级2班'],
    [{ year: 2, stage: 3 }, '5班', '八年级5班'],
    [{ year: 1, stage: 1 }, '2班', '小二班'],
    [{ year: 3, stage: 1 }, '13班', '大13班'],
    [{ year: 3, stage: 1 }, '向日葵班', '向日葵班'],
  ])('a class is called as schools call it: %o %s', (grade, label, expected) => {
    expect(classWord(grade, label)).toBe(expected)
  })
})
