import { rosterFacts, secrecyDomains } from '#contract/students'

export const sexWord = (sex: number | null): string => (sex === 1 ? '男' : sex === 2 ? '女' : '—')

export const stageWord = (stage: number): string => (rosterFacts.stage.codes as Record<number, string>)[stage] ?? ''

const gradeWords = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']

/** `3` → `三年级`; other stages count their own years. */
export const gradeWord = (grade: number | null): string => (grade ? `${gradeWords[grade] ?? grade}年级` : '')

/** 1 is at school; what else a roster says is written in words by the office, here only told apart. */
export const isAtSchool = (status: number): boolean => status === 1

export const isOnLeave = (status: number): boolean => status === 2

export const domainWord = (domain: string): string =>
  (secrecyDomains as Record<string, { label: string }>)[domain]?.label ?? domain

export const limitWords: Readonly<Record<'none' | 'no-contact' | 'supervised' | 'ask-first', string>> = {
  none: '可以联系',
  'no-contact': '不得联系',
  supervised: '须有人在场',
  'ask-first': '联系前先请示',
}
