import fc from 'fast-check'
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
import { chineseNumber, dateOfSerial, isRealDay, readDate, readMonth } from './dates.ts'
import { checkDigitOf, describeIdentity, readCodeNumber, readDisabilityNumber, readIdentityNumber } from './identity.ts'
import { readName, readNames, readText } from './names.ts'
import { readInteger, readMoney, readPhone, readScore } from './numbers.ts'
import type { Normalised } from './result.ts'
import { readClassName, readGrade } from './school.ts'
import { characterCount, folded, isBlank, nameKey, trimmed } from './text.ts'

const outcome = <T>(result: Normalised<T>) =>
  result === undefined ? undefined : 'fault' in result ? result.fault.code : result.value

describe('dates', () => {
  test.each([
    ['2018/11/9', '2018-11-09'],
    ['2018-11-09', '2018-11-09'],
    ['2018.1.5', '2018-01-05'],
    ['20181109', '2018-11-09'],
    ['２０１８１１０９', '2018-11-09'],
    [' 2018年7月1日\u3000', '2018-07-01'],
    ['2018 年 7 月 1 日', '2018-07-01'],
    ['2018年7月1号', '2018-07-01'],
    ['二〇一八年七月一日', '2018-07-01'],
    ['二○一八年十二月三十一日', '2018-12-31'],
    ['2018-11-09 08:30:00', '2018-11-09'],
    ['2018-11-09T00:00:00', '2018-11-09'],
    ['43413', '2018-11-09'],
    ['2016-02-29', '2016-02-29'],
    ['2014-06-31', 'date.impossible'],
    ['20150229', 'date.impossible'],
    ['2015.13.1', 'date.impossible'],
    ['2018-00-10', 'date.impossible'],
    ['二〇一八年二月三十日', 'date.impossible'],
    ['9999-12-31', 'date.out-of-range'],
    ['99991231', 'date.out-of-range'],
    ['0208-01-01', 'date.out-of-range'],
    ['去年夏天', 'date.unreadable'],
    ['2018', 'date.unreadable'],
    ['201811', 'date.unreadable'],
    ['12', 'date.unreadable'],
    ['1e5', 'date.unreadable'],
    ['', undefined],
  ])('%s is %s', (text, expected) => {
    expect(outcome(readDate(text))).toBe(expected)
  })

  test.each([
    ['2018-09', '2018-09-01'],
    ['201809', '2018-09-01'],
    ['2018年9月', '2018-09-01'],
    ['2018.9.3', '2018-09-03'],
    ['201813', 'date.impossible'],
  ])('the month %s is %s', (text, expected) => {
    expect(outcome(readMonth(text))).toBe(expected)
  })

  test('every real day comes back from each way of writing it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10)
          const [y, m, d] = iso.split('-').map(Number) as [number, number, number]
          const serial = Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569
          for (const text of [iso, iso.replaceAll('-', ''), `${y}/${m}/${d}`, `${y}.${m}.${d}`, `${y}年${m}月${d}日`]) {
            expect(outcome(readDate(text))).toBe(iso)
          }
          expect(dateOfSerial(serial)).toBe(iso)
          expect(isRealDay(y, m, d)).toBe(true)
        },
      ),
      { seed: 20260911 },
    )
  })

  test('Chinese numbers up to ninety-nine', () => {
    expect(['一', '十', '十二', '二十', '三十一', '九十九'].map(chineseNumber)).toEqual([1, 10, 12, 20, 31, 99])
    expect(['', '百', '一二', '十十'].map(chineseNumber)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('identity numbers', () => {
  test.each([
    ['11010519491231002X', '11010519491231002X'],
    ['440524188001010014', '440524188001010014'],
    [' 11010519491231002x ', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２ｘ', '11010519491231002X'],
    ["'11010519491231002X", '11010519491231002X'],
    ['110105 19491231 002X', '11010519491231002X'],
    ['999999194912310020', 'id-number.check-digit'],
    ['110105194912310021', 'id-number.check-digit'],
    ['110105491231002', 'id-number.old'],
    ['1101051949123100', 'id-number.length'],
    ['11010519491231X021', 'id-number.length'],
    ['110105201506310027', 'id-number.date'],
    ['110105999912310027', 'id-number.date'],
    ['', undefined],
  ])('%s is %s', (text, expected) => {
    expect(outcome(readIdentityNumber(text))).toBe(expected)
  })

  test('regions that no table knows pass, residence permits are told', () => {
    const unknown = `999999194912310${'02'}`
    expect(outcome(readIdentityNumber(unknown + checkDigitOf(unknown)))).toBe(unknown + checkDigitOf(unknown))
    const permit = '81000019990101001'
    expect(describeIdentity(permit + checkDigitOf(permit))).toMatchObject({
      residencePermit: true,
      birthDate: '1999-01-01',
      sex: 1,
    })
    expect(describeIdentity('11010519491231002X')).toMatchObject({ residencePermit: false, sex: 2 })
  })

  test('one wrong digit never passes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 999 }),
        (at, by, order) => {
          const first = `32990120150615${String(order).padStart(3, '0')}`
          const digit = (Number(first[at]) + by) % 10
          const wrong = first.slice(0, at) + digit + first.slice(at + 1) + checkDigitOf(first)
          expect(outcome(readIdentityNumber(wrong))).toMatch(/^id-number\./)
        },
      ),
      { seed: 20260912 },
    )
  })

  test('a disability certificate tells person, kind and level', () => {
    expect(outcome(readDisabilityNumber('11010519491231002x43'))).toEqual({
      idNumber: '11010519491231002X',
      kind: 4,
      level: 3,
    })
    expect(outcome(readDisabilityNumber('11010519491231002X43B1'))).toMatchObject({ kind: 4 })
    expect(outcome(readDisabilityNumber('11010519491231002X83'))).toBe('code.unknown')
    expect(outcome(readDisabilityNumber('11010519491231002X'))).toBe('id-number.length')
    expect(outcome(readDisabilityNumber('11010519491231003X43'))).toBe('id-number.check-digit')
  })

  test('school numbers are letters and digits', () => {
    expect(outcome(readCodeNumber(' ｇ32990120181109002x '))).toBe('G32990120181109002X')
    expect(outcome(readCodeNumber('2025/01'))).toBe('code.unknown')
  })
})

describe('names', () => {
  test.each([
    ['王芳', '王芳'],
    [' 王芳\u3000', '王芳'],
    ['王 芳', '王芳'],
    ['\u200b王芳\ufeff', '王芳'],
    ['𠮷田', '𠮷田'],
    ['䶮', '䶮'],
    ['王·阿依古丽', '王·阿依古丽'],
    ['Mary  Ann', 'Mary Ann'],
    ['张三(小)', '张三(小)'],
    ['𠮷'.repeat(36), '𠮷'.repeat(36)],
    ['𠮷'.repeat(37), 'name.too-long'],
    ['王'.repeat(300), 'name.too-long'],
    ['王芳😀', 'name.characters'],
    ['🇨🇳', 'name.characters'],
    ['王\u0000芳', 'name.characters'],
    ['<b>王芳</b>', 'name.characters'],
    ['=1+1', 'name.characters'],
    ['12345', 'name.characters'],
    ['   ', undefined],
  ])('%j is %j', (text, expected) => {
    expect(outcome(readName(text))).toBe(expected)
  })

  test('names are compared without regard to dots, spaces, width and case', () => {
    const keys = ['王·阿依古丽', '王•阿依古丽', '王・阿依古丽', '王．阿依古丽', ' 王 · 阿依古丽'].map(nameKey)
    expect(new Set(keys).size).toBe(1)
    expect(nameKey('mary ann')).toBe(nameKey('ＭＡＲＹＡＮＮ'))
    expect(nameKey('王芳')).not.toBe(nameKey('王方'))
  })

  test.each([
    ['贾俊、石哲英', ['贾俊', '石哲英']],
    ['贾俊,石哲英;王芳', ['贾俊', '石哲英', '王芳']],
    ['贾俊 石哲英', ['贾俊', '石哲英']],
    ['王 芳', ['王芳']],
    ['贾俊;', ['贾俊']],
    ['王·阿依古丽', ['王·阿依古丽']],
  ])('%s are %j', (text, expected) => {
    expect(outcome(readNames(text))).toEqual(expected)
  })

  test('texts are bounded and hold no control characters', () => {
    expect(outcome(readText(' 一\n二 ', 10))).toBe('一\n二')
    expect(outcome(readText('𠮷'.repeat(10), 10))).toBe('𠮷'.repeat(10))
    expect(outcome(readText('𠮷'.repeat(11), 10))).toBe('text.too-long')
    expect(outcome(readText('a\u0007', 10))).toBe('text.characters')
  })

  test('characters are counted as people count them, blanks known', () => {
    expect(characterCount('𠮷田')).toBe(2)
    expect(folded(' ３２ ｘ')).toBe('32X')
    expect(trimmed('\u3000 a b\u00a0')).toBe('a b')
    expect(['', ' ', '/', '—', '——', '无数据', 'n/a'].every(isBlank)).toBe(true)
    expect(['无', '0', 'x'].some(isBlank)).toBe(false)
  })
})

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
    ['2024级', 'code.unknown'],
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
    ['大班', { label: '大班', grade: { year: 3, stage: 1 } }],
    ['软件2301', { label: '软件2301' }],
    ['向日葵班', { label: '向日葵班' }],
    ['班'.repeat(61), 'text.too-long'],
  ])('the class %s', (text, expected) => {
    expect(outcome(readClassName(text))).toEqual(expected)
  })
})

describe('amounts', () => {
  test('money is kept in fen', () => {
    expect(
      ['854', '1,286.50', '0.85万元', '￥12.3元', '500元/月', '-5', '很多', ''].map((text) => outcome(readMoney(text))),
    ).toEqual([85_400, 128_650, 850_000, 1_230, 50_000, 'number.out-of-range', 'number.unreadable', undefined])
    expect(outcome(readMoney('1.2', true))).toBe(1_200_000)
    expect(outcome(readMoney('0.29'))).toBe(29)
  })

  test('scores, absences and word grades', () => {
    expect(
      ['89', '95.5分', '缺', '缺考', 'A', '优秀', '-1', 'abc', ''].map((text) => outcome(readScore(text))),
    ).toEqual([
      { points: 89 },
      { points: 95.5 },
      { absent: true },
      { absent: true },
      { grade: 'A' },
      { grade: '优秀' },
      'number.out-of-range',
      'number.unreadable',
      undefined,
    ])
  })

  test('telephones and whole numbers', () => {
    expect(
      ['１３８ ００１３８０００', '+86 13800138000', '0377-63123456', '63123456', '138001380', '找班主任'].map((text) =>
        outcome(readPhone(text)),
      ),
    ).toEqual(['13800138000', '13800138000', '0377-63123456', '63123456', 'phone.unreadable', 'phone.unreadable'])
    expect(['5', '5人', '5.5', '200', 'x'].map((text) => outcome(readInteger(text, 0, 100)))).toEqual([
      5,
      5,
      'number.unreadable',
      'number.out-of-range',
      'number.unreadable',
    ])
  })
})
