import type { RecordField } from '#contract/policies'

const sampleOf = (field: RecordField): string | number | boolean | number[] => {
  const [code = 1] = Object.keys(field.codes ?? {}).map(Number)
  if (field.type === 'text') return '甲、乙、丙、丁'.slice(0, field.max)
  if (field.type === 'date') return '2025-11-19'
  if (field.type === 'yes-no') return true
  if (field.type === 'multi-code') return [code]
  return field.type === 'code' ? code : Math.min(field.max, 100)
}

/** A form filled in so that its declaration is content: what tests send where only who and when is asked. */
export const fillSample = (fields: readonly RecordField[] = []): Record<string, string | number | boolean | number[]> =>
  Object.fromEntries(fields.map((field) => [field.id, sampleOf(field)]))
