import { type FieldId, fieldOf } from './fields.ts'
import { kindOf, type ListKindId } from './kinds.ts'

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
  /** 0 to 1: 1 the heading is a known word, below `sureEnough` worth a look by a person. */
  readonly confidence: number
}

export interface Mapping {
  readonly columns: readonly MappedColumn[]
  /** Columns with a heading that no field claims. */
  readonly unmapped: readonly { readonly column: number; readonly heading: string }[]
  /** Labels of required fields that no column gives; the import can't go on while there are any. */
  readonly missing: readonly string[]
}

/** From this confidence on a column is taken for what it seems to be without a person's look. */
export const sureEnough = 0.75

/** What a person chooses for a column that is not to be read. */
export const notRead = '不导入'

/** What a column means, in the words the screen offers for it. */
export const meaningLabel = (meaning: FieldId | 'score' | null): string => {
  if (meaning === null) return notRead
  return meaning === 'score' ? '成绩(按列名作科目)' : fieldOf(meaning).label
}

const longestSubject = 30
const fewest = 3

/** Numbers that lost their last digits in Excel end in three noughts; of true ones hardly any does. */
const areRounded = (samples: readonly string[]): boolean => {
  const whole = samples.filter((text) => text.length === 18)
  return whole.length >= fewest && whole.filter((text) => text.endsWith('000')).length * 2 > whole.length
}

interface ColumnText {
  /** The heading as shown, with its group word. */
  readonly heading: string
  /** The heading's own word, which names the subject of a result. */
  readonly word: string
  /** Cells below it, folded. */
  readonly samples: readonly string[]
}

/** A column of which it is decided what it means, with all that reading its cells needs to know. */
export function mappedColumn(
  { column, field, confidence }: Pick<MappedColumn, 'column' | 'field' | 'confidence'>,
  { heading, word, samples }: ColumnText,
): MappedColumn {
  const subject = word.normalize('NFKC').replace(/\(.*?\)|[\s*]/g, '')
  const isNumber = field !== 'score' && fieldOf(field).shape === 'id-number'
  return {
    column,
    heading,
    field,
    confidence: Math.round(confidence * 100) / 100,
    ...(field === 'score' ? { subject: subject.slice(0, longestSubject) } : {}),
    ...(isNumber && areRounded(samples) ? { rounded: true as const } : {}),
    ...(heading.includes('万元') ? { inTenThousands: true as const } : {}),
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
