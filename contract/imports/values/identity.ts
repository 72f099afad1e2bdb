import { isRealDay } from './dates.ts'
import { fault, found, type Normalised } from './result.ts'
import { folded, isDigits } from './text.ts'

/** Citizen identity numbers as GB 11643-1999 builds them; the region code is not judged, districts come and go. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkDigits = '10X98765432'
const eighteen = /^\d{17}[\dX]$/
const fifteen = /^\d{15}$/

export interface IdentityNumber {
  readonly number: string
  readonly birthDate: string
  readonly sex: 1 | 2
  /** Residence permit of a person from Hong Kong (81), Macau (82) or Taiwan (83), issued on the mainland. */
  readonly residencePermit: boolean
}

/** The 18th character that belongs to the first 17 digits. */
export function checkDigitOf(first17: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (weights[i] ?? 0)
  return checkDigits.charAt(sum % 11)
}

// Whoever checks a row asks for the same number several times.
let described: IdentityNumber | undefined

/** Birth date and sex that a checked 18-character number speaks of. */
export function describeIdentity(number: string): IdentityNumber {
  if (described?.number === number) return described
  described = {
    number,
    birthDate: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    sex: (number.charCodeAt(16) - 48) % 2 === 1 ? 1 : 2,
    residencePermit: number.startsWith('81') || number.startsWith('82') || number.startsWith('83'),
  }
  return described
}

/** Digits of a text as a number. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - 48
  return value
}

/** 3.20123E+17: Excel took the number for a quantity and rounded it. */
const scientific = /^\d(?:\.\d+)?E\+?\d{1,2}$/
const lostDigits = fault(
  'id-number.lost-digits',
  '号码被 Excel 存成了数字，末几位已经丢失，请把这一列设为文本后重新录入',
)

/** Whether a text is a correct number just as it stands, which most are. */
function isIdentityNumber(text: string): boolean {
  if (text.length !== 18 || !isDigits(text, 0, 17)) return false
  const year = digitsAt(text, 6, 10)
  if (year < 1800 || year > 2100 || !isRealDay(year, digitsAt(text, 10, 12), digitsAt(text, 12, 14))) return false
  return checkDigitOf(text) === text.charAt(17)
}

/**
 * An identity number: full width and spaces folded, x made X; length, date of birth and check digit checked.
 * An unknown region code passes (GB/T 2260 codes are abolished and renamed). Nothing is ever corrected.
 */
export function readIdentityNumber(text: string): Normalised<string> {
  if (isIdentityNumber(text)) return found(text)
  const number = folded(text).replace(/^['’‘]/, '')
  if (number === '') return undefined
  if (fifteen.test(number)) return fault('id-number.old', '这是 15 位的旧身份证号，请换成 18 位')
  if (scientific.test(number)) return lostDigits
  if (number.length !== 18) return fault('id-number.length', `身份证号应为 18 位，这里是 ${number.length} 位`)
  if (!eighteen.test(number)) return fault('id-number.length', '身份证号应为 17 位数字加 1 位数字或 X')
  const year = Number(number.slice(6, 10))
  const day = isRealDay(year, Number(number.slice(10, 12)), Number(number.slice(12, 14)))
  if (!day || year < 1800 || year > 2100) return fault('id-number.date', '身份证号里的出生日期不存在，请核对')
  if (checkDigitOf(number) !== number.charAt(17)) {
    if (number.endsWith('000')) return lostDigits
    return fault('id-number.check-digit', '身份证号末位校验不对，可能抄错了，请核对')
  }
  return found(number)
}

export interface DisabilityCertificate {
  readonly idNumber: string
  /** 1 视力 … 7 多重 (GB/T 26341). */
  readonly kind: number
  /** 1 most severe … 4. */
  readonly level: number
}

/** The number of a disability certificate: identity number, one digit of kind, one of level, perhaps a re-issue mark (B1). */
export function readDisabilityNumber(text: string): Normalised<DisabilityCertificate> {
  const number = folded(text)
  if (number === '') return undefined
  const plain = number.replace(/B\d$/, '')
  if (plain.length !== 20) return fault('id-number.length', `残疾证号应为 20 位，这里是 ${plain.length} 位`)
  const identity = readIdentityNumber(plain.slice(0, 18))
  if (!identity || 'fault' in identity) return identity
  const kind = plain.charCodeAt(18) - 48
  const level = plain.charCodeAt(19) - 48
  if (kind < 1 || kind > 7 || level < 1 || level > 4) {
    return fault('code.unknown', '残疾证号末两位应为类别 1—7 和等级 1—4')
  }
  return found({ idNumber: identity.value, kind, level })
}

const studentNumber = /^[A-Z0-9_-]{1,32}$/
const longestNumber = 32

/** A number a school or system gives (学号, 学籍号, 工号, 学校标识码): letters and digits, up to 32. */
export function readCodeNumber(text: string): Normalised<string> {
  if (text.length <= longestNumber && isDigits(text)) return found(text)
  const code = folded(text).replace(/^['’‘]/, '')
  if (code === '') return undefined
  if (!studentNumber.test(code)) return fault('code.unknown', '编号只能由字母和数字组成，最长 32 位')
  return found(code)
}
