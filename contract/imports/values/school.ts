import { chineseNumber } from './dates.ts'
import { fault, found, type Normalised } from './result.ts'
import { characterCount, folded, trimmed } from './text.ts'

/** Grades and classes as schools write them. Stages are the codes of the fact dictionary (1 学前 … 5 中职 …). */

export interface Grade {
  /** Year within the stage, from 1: 初二 is 2, 大班 is 3. */
  readonly year: number
  /** Stage when the words themselves say it. */
  readonly stage?: number
}

/** A year of entry where a grade is asked: 2023级, 小学2019级. */
export interface Cohort {
  readonly cohort: number
  readonly stage?: number
}

const preschool: Readonly<Record<string, number>> = { 托班: 1, 小班: 1, 中班: 2, 大班: 3, 学前班: 3 }
const named = /^(小学|初中|高中|职高|中职|初|高|职)?([一二三四五六七八九十]{1,2}|\d{1,2})(?:年级|年)?$/
const stageOfPrefix: Readonly<Record<string, number>> = {
  小学: 2,
  初中: 3,
  初: 3,
  高中: 4,
  高: 4,
  职高: 5,
  中职: 5,
  职: 5,
}

const wordsOfStage: Readonly<Record<number, readonly string[]>> = {
  1: ['小班', '中班', '大班'],
  3: ['七年级', '八年级', '九年级'],
  4: ['高一', '高二', '高三'],
}
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

/** A grade in the usual words: 三年级, 八年级, 高一, 大班. */
export const gradeWord = ({ year, stage }: Grade): string =>
  wordsOfStage[stage ?? 0]?.[year - 1] ?? `${numerals[year - 1] ?? year}年级`

const numbered = /^(\d{1,2})班$/

/** A class as schools call it: a numbered one by its grade, 三年级2班 and in a nursery 小二班; a named one by its name. */
export function classWord(grade: Grade, label: string): string {
  const number = numbered.exec(label)?.[1]
  if (number === undefined) return label
  const word = gradeWord(grade)
  return grade.stage === 1 ? `${word[0]}${numerals[Number(number) - 1] ?? number}班` : `${word}${label}`
}

const asNumber = (text: string) => (/^\d+$/.test(text) ? Number(text) : (chineseNumber(text) ?? 0))

function gradeOf(written: string): Grade | undefined {
  const early = preschool[written.replace(/[(（].*$/, '')]
  if (early !== undefined && Object.hasOwn(preschool, written)) return { year: early, stage: 1 }
  const parts = named.exec(written)
  if (!parts) return undefined
  const year = asNumber(parts[2] ?? '')
  const stage = parts[1] ? stageOfPrefix[parts[1]] : undefined
  if (year < 1 || year > 12) return undefined
  if (stage) return { year, stage }
  if (year >= 10) return { year: year - 9, stage: 4 }
  if (year >= 7) return { year: year - 6, stage: 3 }
  return { year }
}

const cohortWords = /^(小学|初中|高中|职高|中职|初|高)?(20\d{2})级?$/

const cohortOf = (written: string): Cohort | undefined => {
  const parts = cohortWords.exec(written)
  if (!parts) return undefined
  const stage = stageOfPrefix[parts[1] ?? '']
  return stage === undefined ? { cohort: Number(parts[2]) } : { cohort: Number(parts[2]), stage }
}

const longestStage = 6
const yearsOfStage: Readonly<Record<number, number>> = { 3: 3, 4: 3, 5: 5 }

/** The grade of those who entered in a year, in the school year that begins in `schoolYear`; undefined before and after their years. */
export function gradeOfCohort({ cohort, stage }: Cohort, schoolYear: number): Grade | undefined {
  const year = schoolYear - cohort + 1
  if (year < 1 || year > (yearsOfStage[stage ?? 0] ?? longestStage)) return undefined
  return stage === undefined ? { year } : { year, stage }
}

/** 一年级, 1, 初二, 八年级, 高一, 大班; 2024级 as the year of entry it is. Seven to nine are the junior years. */
export function readGrade(text: string): Normalised<Grade | Cohort> {
  const written = folded(text)
  if (written === '') return undefined
  const grade = gradeOf(written) ?? cohortOf(written)
  return grade ? found(grade) : fault('code.unknown', `年级“${trimmed(text)}”不认识，应如 一年级、初二、高一、大班`)
}

export interface ClassName {
  /** Canonical words: 2025级1班, 1班; a named class (软件2301) stays as written. */
  readonly label: string
  readonly number?: number
  /** Year of entry when the name carries it. */
  readonly cohort?: number
  readonly grade?: Grade
}

// 三一班 is the first class of the third year: two numerals that make no number are a year and a class.
const yearAndClass = /^(.*?[一二三四五六七八九])([一二三四五六七八九])班$/
const preschoolHead = /^([小中大])班?$/
const classTail = /^(.*?)[(（]?([一二三四五六七八九十]{1,3}|\d{1,2})[)）]?班?$/
const cohortHead = /^(?:20)?(\d{2})级$|^(20\d{2})级?$/

// 大一班, 中(2)班: in a nursery the year is one word.
const gradeOfClass = (head: string): Grade | undefined => {
  const early = preschoolHead.exec(head)?.[1]
  return early ? { year: preschool[`${early}班`] ?? 1, stage: 1 } : gradeOf(head)
}

/** 2025级1班, (1)班, 一年级1班, 高一(3)班, 三一班, 大二班, 1, 二班. Year of entry, grade and number are read when the name says them. */
export function readClassName(text: string): Normalised<ClassName> {
  const written = folded(text)
  if (written === '') return undefined
  if (characterCount(written) > 60) return fault('text.too-long', '班级名称超过 60 个字')
  if (Object.hasOwn(preschool, written))
    return found({ label: written, grade: { year: preschool[written] ?? 1, stage: 1 } })
  const parts = yearAndClass.exec(written) ?? classTail.exec(written)
  const head = parts?.[1] ?? ''
  const number = asNumber(parts?.[2] ?? '')
  if (!parts || number < 1) return found({ label: trimmed(text) })
  if (head === '') return found({ label: `${number}班`, number })
  const cohort = cohortHead.exec(head)
  if (cohort) {
    const year = Number(cohort[2] ?? `20${cohort[1]}`)
    return found({ label: `${year}级${number}班`, number, cohort: year })
  }
  const grade = written.endsWith('班') || /[)）]$/.test(written) ? gradeOfClass(head) : undefined
  return found(grade ? { label: `${number}班`, number, grade } : { label: trimmed(text) })
}
