import { type FieldId, type FieldShape, fieldOf, isFieldId } from './fields.ts'
import { cleanHeading, fieldsBySynonym, type Heading, headingNote } from './headers.ts'
import { kindOf, type ListKindId } from './kinds.ts'
import type { SheetRow } from './rows.ts'
import { folded } from './values/text.ts'

/** One column and what it means. */
export interface MappedColumn {
  /** Column index from 0. */
  readonly column: number
  /** The heading as people read it in the file. */
  readonly heading: string
  readonly field: FieldId | 'score'
  /** For `score`: the subject. */
  readonly subject?: string
  /** The heading says 万元. */
  readonly inTenThousands?: true
  /** 0 to 1: 1 the heading is a known word, below 0.75 worth a look by a person. */
  readonly confidence: number
}

export interface Mapping {
  readonly columns: readonly MappedColumn[]
  /** Columns with a heading that no field claims. */
  readonly unmapped: readonly { readonly column: number; readonly heading: string }[]
  /** Labels of required fields that no column gives; the import can't go on while there are any. */
  readonly missing: readonly string[]
}

const serialWords = new Set(['序号', '序', 'no', '编号', '行号'])
const subjects = new Set(
  '语文 数学 英语 外语 综合 物理 化学 生物 政治 道德与法治 道法 历史 地理 科学 体育 音乐 美术 信息 信息技术 思政 专业课 文综 理综 写作 听力 品德'.split(
    ' ',
  ),
)

const shapeTests: Partial<Record<FieldShape, RegExp>> = {
  'id-number': /^\d{15}$|^\d{17}[\dX]$/,
  'disability-number': /^\d{17}[\dX]\d{2}(?:B\d)?$/,
  date: /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|^(?:19|20)\d{6}$|^[34]\d{4}$/,
  phone: /^(?:\+?86)?1\d{10}$/,
  sex: /^(?:男|女|[12]|男性|女性|[MF])$/,
  name: /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,10}(?:·\p{Script=Han}{1,10})+$/u,
  grade: /年级$|^[一二三四五六七八九高初]|^\d{1,2}$|[小中大]班$/,
  class: /班$|^\d{1,2}$|^\(\d+\)/,
  score: /^\d{1,3}(?:\.\d+)?$|^缺|^[A-E][+-]?$/,
  money: /^[¥]?\d+(?:\.\d+)?(?:万?元)?$/,
  stage: /^(?:学前|小学|初中|高中|中职|特教|幼儿园)/,
}

/** Share of filled sample cells that are built like the shape; undefined when there is nothing to judge by. */
function fitOf(shape: FieldShape, samples: readonly string[]): number | undefined {
  const test = shapeTests[shape]
  if (!test || samples.length === 0) return undefined
  return samples.filter((text) => test.test(text)).length / samples.length
}

const sampleOf = (rows: readonly SheetRow[], column: number): string[] => {
  const texts: string[] = []
  for (const row of rows) {
    const text = folded(row.cells[column] ?? '')
    if (text !== '') texts.push(text)
    if (texts.length === 60) break
  }
  return texts
}

/** How surely a heading names a field, by words alone: 1 a known word, 0.55–0.9 the longest known word within it. */
function wordScore(field: FieldId, heading: string, group: string): number {
  const own = cleanHeading(heading)
  const joined = group === '' ? own : cleanHeading(group + heading)
  const exact = fieldsBySynonym.get(joined)
  if (exact?.includes(field)) return 1 - exact.indexOf(field) * 0.01
  if (
    group !== '' &&
    !otherPeople.test(group) &&
    !group.includes('家庭成员') &&
    fieldsBySynonym.get(own)?.includes(field)
  )
    return 0.95
  let best = 0
  for (const synonym of fieldOf(field).synonyms) {
    const word = cleanHeading(synonym)
    if (!joined.includes(word) || !standsWithin(word)) continue
    if (otherPeople.test(joined.replace(word, ''))) continue
    const end = joined.endsWith(word) ? 0.08 : 0
    best = Math.max(best, 0.5 + 0.35 * (word.length / joined.length) + end)
  }
  return best
}

/** Words of two characters that mean their field even inside a longer heading; 时间, 类别 and the like mean too many things. */
const shortWords = new Set([
  '姓名',
  '性别',
  '民族',
  '学校',
  '班级',
  '年级',
  '学号',
  '乡镇',
  '电话',
  '手机',
  '住址',
  '工号',
  '总分',
])
const standsWithin = (word: string) => word.length >= 3 || shortWords.has(word)

/** A heading that speaks of someone else: 父亲身份证号 is not the student's number. */
const otherPeople =
  /父|母|爷|奶|祖|监护|家长|户主|联系人|班主任|教师|老师|填表|填报|制表|审核|经办|申请人|配偶|户代表|负责人/

const serious = new Set<FieldShape>(['id-number', 'disability-number', 'phone', 'date', 'sex'])

function scoreOf(field: FieldId, heading: string, group: string, samples: readonly string[]): number {
  const shape = fieldOf(field).shape
  const words = wordScore(field, heading, group)
  const fit = fitOf(shape, samples)
  if (fit === undefined) return words
  if (words >= 0.5) return fit < 0.2 && serious.has(shape) ? words - 0.45 : Math.min(1, words + (fit >= 0.6 ? 0.04 : 0))
  const unnamed = shape === 'id-number' || shape === 'disability-number' || shape === 'phone'
  return unnamed && fit >= 0.7 && !otherPeople.test(group + heading) ? 0.5 : 0
}

interface Candidate {
  readonly column: number
  readonly field: FieldId
  readonly score: number
}

/**
 * Decides which column means what, by heading words and by how the values are built, each field once. Headings are
 * never used as keys, so a column called `__proto__` is only an unmapped column. `remembered` are corrections a
 * person made for the same sender and heading; they win.
 */
export function mapColumns(
  kindId: ListKindId,
  heading: Heading,
  rows: readonly SheetRow[],
  remembered: ReadonlyMap<string, FieldId | 'score' | 'none'> = new Map(),
): Mapping {
  const kind = kindOf(kindId)
  const width = heading.headings.length
  const samples = Array.from({ length: width }, (_, c) => sampleOf(rows, c))
  const taken = new Map<number, MappedColumn>()
  const used = new Set<FieldId>()
  const closed = new Set<number>()
  const take = (column: number, field: FieldId | 'score', confidence: number) => {
    if (field !== 'score') used.add(field)
    taken.set(column, mapped(column, field, confidence, heading))
  }
  for (let c = 0; c < width; c++) {
    const wish = remembered.get(fullHeading(heading, c))
    if (wish === 'none') closed.add(c)
    else if (wish === 'score' || (wish && isFieldId(wish) && !used.has(wish))) take(c, wish, 1)
  }
  const candidates: Candidate[] = []
  for (let column = 0; column < width; column++) {
    const word = heading.headings[column] ?? ''
    if (taken.has(column) || closed.has(column) || serialWords.has(cleanHeading(word))) continue
    if (word === '' && (samples[column]?.length ?? 0) === 0) continue
    for (const field of kind.fields) {
      const score = scoreOf(field, word, heading.groups[column] ?? '', samples[column] ?? [])
      if (score >= 0.5) candidates.push({ column, field, score })
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.column - b.column)
  for (const { column, field, score } of candidates) {
    if (taken.has(column) || used.has(field)) continue
    take(column, field, score)
  }
  const unmapped: { column: number; heading: string }[] = []
  for (let column = 0; column < width; column++) {
    if (taken.has(column) || fullHeading(heading, column) === '') continue
    const word = cleanHeading(heading.headings[column] ?? '')
    const scores = kind.scores && !closed.has(column) && !serialWords.has(word) && !fieldsBySynonym.has(word)
    const known = subjects.has(word)
    if (scores && (known || (fitOf('score', samples[column] ?? []) ?? 0) >= 0.8)) take(column, 'score', known ? 1 : 0.7)
    else unmapped.push({ column, heading: fullHeading(heading, column) })
  }
  const columns = [...taken.values()].sort((a, b) => a.column - b.column)
  return { columns, unmapped, missing: missingFields(kindId, columns) }
}

const longestHeading = 120

/** Heading of a column as shown and as remembered: group and sub-heading, line breaks folded. */
export function fullHeading(heading: Heading, column: number): string {
  const group = heading.groups[column] ?? ''
  return `${group} ${heading.headings[column] ?? ''}`.replace(/\s+/g, ' ').trim().slice(0, longestHeading)
}

function mapped(column: number, field: FieldId | 'score', confidence: number, heading: Heading): MappedColumn {
  const text = fullHeading(heading, column)
  const subject = (heading.headings[column] ?? '').normalize('NFKC').replace(/\(.*?\)|[\s*]/g, '')
  return {
    column,
    heading: text,
    field,
    confidence: Math.round(confidence * 100) / 100,
    ...(field === 'score' ? { subject: subject.slice(0, 30) } : {}),
    ...(headingNote(text).includes('万元') || text.endsWith('万元') ? { inTenThousands: true as const } : {}),
  }
}

/** Labels of required fields that the mapping does not give. */
export function missingFields(kindId: ListKindId, columns: readonly MappedColumn[]): string[] {
  const has = (field: FieldId) => columns.some((column) => column.field === field)
  const missing: string[] = []
  for (const need of kindOf(kindId).required) {
    const options: readonly FieldId[] = typeof need === 'string' ? [need] : need
    if (!options.some(has)) missing.push(options.map((field) => fieldOf(field).label).join('或'))
  }
  return missing
}
