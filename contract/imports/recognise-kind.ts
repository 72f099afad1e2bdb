import { cleanHeading, type Heading } from './headers.ts'
import { type HeadingMeaning, meaningsOf } from './heading-meaning.ts'
import { kindOf, type ListKindId, listKindIds } from './kinds.ts'

/** The time a list speaks of, as its title says it. */
export interface SpokenTime {
  readonly kind: 'day' | 'month' | 'term' | 'school-year' | 'year'
  /** `2025-08-31`, `2025-08`, `2025-autumn`, `2026-spring`, `2024-2025` or `2025`. */
  readonly value: string
  /** First and last day, plain dates. Terms: 1 September–31 January, 1 February–31 August. */
  readonly from: string
  readonly to: string
}

export interface RecognisedKind {
  readonly kind: ListKindId
  /** 0 to 1; below 0.6 a person should choose. */
  readonly confidence: number
  /** Other kinds that came near, best first. */
  readonly others: readonly ListKindId[]
}

const wordWeight = 3
const signatureWeight = 1.5
const knownWeight = 0.15

function scoreKind(id: ListKindId, titles: string, meanings: readonly HeadingMeaning[]): number {
  const kind = kindOf(id)
  const words = kind.words.filter((word) => titles.includes(word))
  const longest = words.reduce((most, word) => Math.max(most, word.length), 0)
  let score = words.length === 0 ? 0 : wordWeight + longest * 0.2 + (words.length - 1) * 0.3
  for (const { fields } of meanings) {
    if (fields.length === 0) continue
    if (fields.some((field) => kind.signature.includes(field))) score += signatureWeight / Math.sqrt(fields.length)
    else if (fields.some((field) => kind.fields.includes(field))) score += knownWeight
    else score -= knownWeight * 2
  }
  return score
}

/** Which kind of list this is, by the titles above the headings, the file name and the headings themselves. */
export function recogniseKind(heading: Heading, fileName: string): RecognisedKind {
  const titles = [...heading.titles, fileName].join('\n').normalize('NFKC')
  const meanings = meaningsOf(heading)
  const scored = listKindIds
    .map((kind) => ({ kind, score: scoreKind(kind, titles, meanings) }))
    .sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (!best || best.score <= 0) return { kind: 'roster', confidence: 0, others: [] }
  const lead = best.score - Math.max(0, second?.score ?? 0)
  const confidence = Math.max(0, Math.min(1, 0.35 + lead / 6 + Math.min(best.score, 8) / 40))
  const others = scored.slice(1, 4).filter((s) => s.score > best.score / 2)
  return { kind: best.kind, confidence: Math.round(confidence * 100) / 100, others: others.map((s) => s.kind) }
}

/**
 * The list a file's name alone says it is, where that is a list only few may hand in: a screening's results must not be
 * taken in before somebody looks. Undefined when the name says nothing of the kind; a list of psychology teachers is none.
 */
export function kindByName(fileName: string): ListKindId | undefined {
  const name = fileName.normalize('NFKC')
  const isScreening = name.includes('心理') && /普测|筛查|测评|测试|预警|结果/.test(name)
  return isScreening ? 'psychological-screening' : undefined
}

const subjectHeadings = new Set(['科目', '学科', '课程', '课程名称', '科目名称', '考试科目', '学科名称'])

/** Whether results stand one subject a row: a column names the subject. */
export const isLongForm = ({ headings }: Heading): boolean =>
  headings.some((word) => subjectHeadings.has(cleanHeading(word)))

const day = /(20\d{2})年(\d{1,2})月(\d{1,2})[日号]/
const month = /(20\d{2})年(\d{1,2})月(?:份)?/
const yearSpan = /(20\d{2})\s*(?:年)?[-\u2010-\u2015~至](20\d{2})\s*(?:学年|年度|年)?(?:(?:度)?第?([一二12上下])学期)?/
const term = /(20\d{2})(?:年度?)?(秋季?|春季?|上半年|下半年)(?:学期|学年)?/
const yearOnly = /(20\d{2})(?:年度|年|学年)/
const two = (n: number | string) => String(n).padStart(2, '0')

const lastDay = (year: number, monthNumber: number) => new Date(Date.UTC(year, monthNumber, 0)).getUTCDate()
const autumn = (year: number): SpokenTime => ({
  kind: 'term',
  value: `${year}-autumn`,
  from: `${year}-09-01`,
  to: `${year + 1}-01-31`,
})
const spring = (year: number): SpokenTime => ({
  kind: 'term',
  value: `${year}-spring`,
  from: `${year}-02-01`,
  to: `${year}-08-31`,
})

function timeIn(text: string): SpokenTime | undefined {
  const span = yearSpan.exec(text)
  if (span && Number(span[2]) === Number(span[1]) + 1) {
    const first = Number(span[1])
    if (span[3]) return /[一1上]/.test(span[3]) ? autumn(first) : spring(first + 1)
    return { kind: 'school-year', value: `${first}-${first + 1}`, from: `${first}-09-01`, to: `${first + 1}-08-31` }
  }
  const season = term.exec(text)
  if (season?.[2]) return /秋|下/.test(season[2]) ? autumn(Number(season[1])) : spring(Number(season[1]))
  const exact = day.exec(text)
  if (exact && Number(exact[2]) <= 12 && Number(exact[3]) <= 31) {
    const value = `${exact[1]}-${two(exact[2] ?? 1)}-${two(exact[3] ?? 1)}`
    return { kind: 'day', value, from: value, to: value }
  }
  const inMonth = month.exec(text)
  if (inMonth && Number(inMonth[2]) >= 1 && Number(inMonth[2]) <= 12) {
    const value = `${inMonth[1]}-${two(inMonth[2] ?? 1)}`
    return {
      kind: 'month',
      value,
      from: `${value}-01`,
      to: `${value}-${two(lastDay(Number(inMonth[1]), Number(inMonth[2])))}`,
    }
  }
  const year = yearOnly.exec(text)
  return year ? { kind: 'year', value: `${year[1]}`, from: `${year[1]}-01-01`, to: `${year[1]}-12-31` } : undefined
}

/** The time a list speaks of, from its titles first, then the file name; undefined when neither says one. */
export function findSpokenTime(titles: readonly string[], fileName: string): SpokenTime | undefined {
  for (const text of [...titles, fileName]) {
    const time = timeIn(text.normalize('NFKC'))
    if (time) return time
  }
  return undefined
}

const restriction = /(?:仅限|只限|仅供|限)(.{2,40}?)(?:查看|查阅|阅读|使用|知悉|掌握|阅)/

/** Posts the workbook itself names as the only readers (保密:仅限心理教师和分管领导查看); empty when it names none. */
export function findRestriction(titles: readonly string[]): readonly string[] {
  for (const title of titles) {
    const posts = restriction.exec(title.normalize('NFKC'))?.[1]
    if (posts)
      return posts
        .split(/[、,;和及与或]/)
        .map((post) => post.trim())
        .filter((post) => post !== '')
  }
  return []
}
