import { type FieldId, fieldOf, isFieldId } from './fields.ts'
import { cleanHeading, fieldsBySynonym, type Heading, headingNote } from './headers.ts'
import { kindOf, type ListKindId } from './kinds.ts'
import type { SheetRow } from './rows.ts'
import { fitOf, isOfKind, scoreOf, usualness } from './score-column.ts'
import { folded } from './values/text.ts'
import { columnOwners, groupOf } from './whose-column.ts'

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
  /** Most identity numbers end in 000, as Excel leaves them: none that does is believed. */
  readonly rounded?: true
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
/** Numbers that stand beside results and are none. */
const besideScores =
  /总分|合计|总成绩|考场|考号|座|准考|报名|编号|号码?$|[名位排]次|排名|名$|进退|进步|退步|上升|下降|年龄|岁|学分|人数|率$|均分|平均|次数|天数|差$|标准|赋分|等级|折算|备注/
const subjects = new Set(
  '语文 数学 英语 外语 综合 物理 化学 生物 政治 道德与法治 道法 历史 地理 科学 体育 音乐 美术 信息 信息技术 思政 专业课 文综 理综 写作 听力 品德'.split(
    ' ',
  ),
)

const sampleOf = (rows: readonly SheetRow[], column: number): string[] => {
  const texts: string[] = []
  for (const row of rows) {
    const text = folded(row.cells[column] ?? '')
    if (text !== '') texts.push(text)
    if (texts.length === 60) break
  }
  return texts
}

/** From this score on a heading names its field outright. */
const outright = 0.95

/** A mapping that rests on neighbours alone is shown to a person as one to look at. */
const toBeLookedAt = 0.7

interface Candidate {
  readonly column: number
  readonly field: FieldId
  readonly score: number
  /** How usual the word is for the field, from 0. */
  readonly rank: number
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
    taken.set(column, mapped({ column, field, confidence }, heading, samples[column] ?? []))
  }
  const keys = headingKeys(heading.headings.map((_, c) => fullHeading(heading, c)))
  for (let c = 0; c < width; c++) {
    const wish = remembered.get(keys[c] ?? '')
    if (wish === 'none') closed.add(c)
    else if (wish === 'score' || (wish && isFieldId(wish) && !used.has(wish))) take(c, wish, 1)
  }
  const candidates: Candidate[] = []
  const owners = columnOwners(heading)
  for (let column = 0; column < width; column++) {
    const word = heading.headings[column] ?? ''
    if (taken.has(column) || closed.has(column) || serialWords.has(cleanHeading(word))) continue
    if (word === '' && (samples[column]?.length ?? 0) === 0) continue
    const owner = owners[column]
    const group = owner?.word || groupOf(heading, column)
    for (const field of kind.fields) {
      const score = isOfKind(kindId, field, word) ? scoreOf(field, word, group, samples[column] ?? []) : 0
      if (score >= 0.5)
        candidates.push({
          column,
          field,
          score: owner?.guessed ? Math.min(score, toBeLookedAt) : score,
          rank: usualness(field, word, group),
        })
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.rank - b.rank || a.column - b.column)
  const doubled = fieldsNamedTwice(candidates)
  for (const { column, field, score } of candidates) {
    if (taken.has(column) || used.has(field)) continue
    // whose names a list holds is never guessed; of anything else the first column is proposed, to be looked at
    if (doubled.has(field) && field === 'name') continue
    take(column, field, doubled.has(field) ? Math.min(score, toBeLookedAt) : score)
  }
  const unmapped: { column: number; heading: string }[] = []
  for (let column = 0; column < width; column++) {
    if (taken.has(column) || fullHeading(heading, column) === '') continue
    const word = cleanHeading(heading.headings[column] ?? '')
    const scores =
      kind.scores &&
      !closed.has(column) &&
      !serialWords.has(word) &&
      !fieldsBySynonym.has(word) &&
      !besideScores.test(word)
    const known = subjects.has(word)
    if (scores && (known || (fitOf('score', samples[column] ?? []) ?? 0) >= 0.8)) take(column, 'score', known ? 1 : 0.7)
    else unmapped.push({ column, heading: fullHeading(heading, column) })
  }
  const columns = [...taken.values()].sort((a, b) => a.column - b.column)
  return { columns, unmapped, missing: missingFields(kindId, columns) }
}

/** Fields that two columns name outright. */
function fieldsNamedTwice(candidates: readonly Candidate[]): ReadonlySet<FieldId> {
  const columns = new Map<FieldId, number>()
  const twice = new Set<FieldId>()
  for (const { column, field, score } of candidates) {
    if (score < outright) continue
    // a column that has a better meaning of its own is no rival
    if (candidates.find((one) => one.column === column)?.field !== field) continue
    if (columns.has(field) && columns.get(field) !== column) twice.add(field)
    columns.set(field, column)
  }
  return twice
}

/** Headings as corrections are remembered by: the second 身份证号 of a table is another than the first. */
export function headingKeys(headings: readonly string[]): string[] {
  const times = new Map<string, number>()
  return headings.map((heading) => {
    const nth = (times.get(heading) ?? 0) + 1
    times.set(heading, nth)
    return nth === 1 ? heading : `${heading}\n${nth}`
  })
}

const longestHeading = 120

/** Heading of a column as shown and as remembered: group and sub-heading, line breaks folded. */
export function fullHeading(heading: Heading, column: number): string {
  const group = heading.groups[column] ?? ''
  return `${group} ${heading.headings[column] ?? ''}`.replace(/\s+/g, ' ').trim().slice(0, longestHeading)
}

const fewest = 3

/** Numbers that lost their last digits in Excel end in three noughts; of true ones hardly any does. */
const areRounded = (samples: readonly string[]): boolean => {
  const whole = samples.filter((text) => text.length === 18)
  return whole.length >= fewest && whole.filter((text) => text.endsWith('000')).length * 2 > whole.length
}

interface Chosen {
  readonly column: number
  readonly field: FieldId | 'score'
  readonly confidence: number
}

function mapped({ column, field, confidence }: Chosen, heading: Heading, samples: readonly string[]): MappedColumn {
  const text = fullHeading(heading, column)
  const subject = (heading.headings[column] ?? '').normalize('NFKC').replace(/\(.*?\)|[\s*]/g, '')
  return {
    column,
    heading: text,
    field,
    confidence: Math.round(confidence * 100) / 100,
    ...(field === 'score' ? { subject: subject.slice(0, 30) } : {}),
    ...(field !== 'score' && fieldOf(field).shape === 'id-number' && areRounded(samples)
      ? { rounded: true as const }
      : {}),
    ...(headingNote(text).includes('万元') || text.endsWith('万元') ? { inTenThousands: true as const } : {}),
  }
}

/** Labels of required fields that the mapping does not give; a list handed over for a school need not name it. */
export function missingFields(kindId: ListKindId, columns: readonly MappedColumn[], schoolGiven = false): string[] {
  const has = (field: FieldId) => columns.some((column) => column.field === field)
  const missing: string[] = []
  for (const need of kindOf(kindId).required) {
    const options: readonly FieldId[] = typeof need === 'string' ? [need] : need
    if (schoolGiven && options.includes('school_name')) continue
    if (!options.some(has)) missing.push(options.map((field) => fieldOf(field).label).join('或'))
  }
  return missing
}
