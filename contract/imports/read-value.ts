import type { FieldShape } from './fields.ts'
import * as codes from './values/codes.ts'
import { readDate, readMonth } from './values/dates.ts'
import {
  type DisabilityCertificate,
  readCodeNumber,
  readDisabilityNumber,
  readIdentityNumber,
} from './values/identity.ts'
import { readName, readNames, readText } from './values/names.ts'
import { readInteger, readMoney, readPhone, readScore, type Score } from './values/numbers.ts'
import type { Normalised } from './values/result.ts'
import { type ClassName, type Cohort, type Grade, readClassName, readGrade } from './values/school.ts'

/** Every value a cell can become. Dates are `YYYY-MM-DD`, money integer fen, codes as in the fact dictionary. */
export type FieldValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Grade
  | Cohort
  | ClassName
  | DisabilityCertificate
  | codes.KindAndLevel
  | Score

export type ReadValue = (text: string) => Normalised<FieldValue>

const longestText = 200

/** The normaliser of a shape. Blank cells answer undefined. */
export const valueReaders: Readonly<Record<Exclude<FieldShape, 'text' | 'money'>, ReadValue>> = {
  name: readName,
  names: readNames,
  'id-number': readIdentityNumber,
  'disability-number': readDisabilityNumber,
  'code-number': readCodeNumber,
  sex: codes.readSex,
  date: readDate,
  month: readMonth,
  ethnicity: codes.readEthnicity,
  'yes-no': codes.readYesNo,
  boarding: codes.readBoarding,
  attendance: codes.readAttendance,
  'left-behind': codes.readLeftBehind,
  phone: readPhone,
  stage: codes.readStage,
  grade: readGrade,
  class: readClassName,
  'monitor-kind': codes.readMonitorKind,
  'disability-kind': codes.readDisabilityKind,
  'disability-level': codes.readDisabilityLevel,
  'disability-kind-level': codes.readDisabilityKindAndLevel,
  'orphan-kind': codes.readOrphanKind,
  'screening-level': codes.readScreeningLevel,
  'absence-reason': codes.readAbsenceReason,
  'visit-mode': codes.readVisitMode,
  score: readScore,
  integer: (text) => readInteger(text, 0, 100_000),
}

/** The normaliser for one column: by shape, with the column's own unit and longest text. */
export function readerOf(shape: FieldShape, options: { longest?: number; inTenThousands?: boolean } = {}): ReadValue {
  if (shape === 'text') return (text) => readText(text, options.longest ?? longestText)
  if (shape === 'money') return (text) => readMoney(text, options.inTenThousands)
  return valueReaders[shape]
}

/** Shapes whose cells repeat so much that remembering the answers is cheaper than reading them again. */
const repeating = new Set<FieldShape>([
  'sex',
  'ethnicity',
  'yes-no',
  'boarding',
  'attendance',
  'left-behind',
  'stage',
  'grade',
  'class',
  'date',
  'month',
  'monitor-kind',
  'disability-kind',
  'disability-level',
  'disability-kind-level',
  'orphan-kind',
  'screening-level',
  'absence-reason',
  'visit-mode',
])
const rememberedAnswers = 4_000

/** The same reader, remembering its answers where cells repeat; bounded. */
export function remembering(shape: FieldShape, read: ReadValue): ReadValue {
  if (!repeating.has(shape)) return read
  const answers = new Map<string, Normalised<FieldValue>>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = read(text)
    if (answers.size >= rememberedAnswers) answers.clear()
    if (answer !== undefined) answers.set(text, answer)
    return answer
  }
}
