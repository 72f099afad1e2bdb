import { isPlainDate } from '#contract/platform'
import type { RecordField, RecordKindDefinition } from './rule.ts'

/** What is wrong with one field of a record, in Chinese. */
export interface FieldProblem {
  readonly field: string
  readonly sentence: string
}

/**
 * Checks a record's content against its kind: required fields, types, codes, lengths (in characters as people count
 * them), nothing undeclared. Answers every problem, so that a form can mark them all.
 */
export function problemsOfContent(
  kind: Pick<RecordKindDefinition, 'fields'>,
  content: Readonly<Record<string, unknown>>,
): readonly FieldProblem[] {
  const undeclared = Object.keys(content)
    .filter((id) => !kind.fields.some((field) => field.id === id))
    .map((id) => ({ field: id, sentence: `没有“${id.slice(0, 40)}”这一栏` }))
  const wrong = kind.fields.flatMap((field) => {
    const value = Object.hasOwn(content, field.id) ? content[field.id] : undefined
    const sentence = isEmpty(value) ? missing(field, content) : wrongValue(field, value)
    return sentence === undefined ? [] : [{ field: field.id, sentence }]
  })
  return [...undeclared, ...wrong]
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

const missing = (field: RecordField, content: Readonly<Record<string, unknown>>) =>
  field.required || isAskedFor(field, content) ? `请填写“${field.label}”` : undefined

function isAskedFor({ requiredWhen: when }: RecordField, content: Readonly<Record<string, unknown>>): boolean {
  if (!when || !Object.hasOwn(content, when.field)) return false
  return [content[when.field]].flat().some((code) => when.codes.some((one) => one === code))
}

function wrongValue(field: RecordField, value: unknown): string | undefined {
  switch (field.type) {
    case 'text':
      if (typeof value !== 'string') return `“${field.label}”应为文字`
      return [...value].length > field.max ? `“${field.label}”最多 ${field.max} 字` : undefined
    case 'integer':
    case 'money':
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        return `“${field.label}”应为不小于 0 的整数`
      return value > field.max ? `“${field.label}”过大` : undefined
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : `“${field.label}”应为“是”或“否”`
    case 'date':
      return typeof value === 'string' && isPlainDate(value) ? undefined : `“${field.label}”应为日期`
    case 'code':
      return isCode(field, value) ? undefined : `“${field.label}”没有这一项`
    case 'multi-code':
      if (!Array.isArray(value) || new Set(value).size < value.length) return `“${field.label}”应为不重复的多项`
      if (value.length > field.max) return `“${field.label}”最多选 ${field.max} 项`
      return value.every((one) => isCode(field, one)) ? undefined : `“${field.label}”里有没有的选项`
  }
}

const isCode = (field: RecordField, value: unknown) =>
  typeof value === 'number' && field.codes !== undefined && Object.hasOwn(field.codes, value)
