import { inYuan } from '#contract/platform'
import type { RecordField, RecordKindDefinition } from '#contract/policies'

const labelOf = (field: RecordField, code: unknown): string => field.codes?.[Number(code)] ?? String(code)

const show = (field: RecordField, value: unknown): string => {
  switch (field.type) {
    case 'code':
      return labelOf(field, value)
    case 'multi-code':
      return Array.isArray(value) ? value.map((one) => labelOf(field, one)).join('、') : ''
    case 'money':
      return inYuan(Number(value))
    case 'yes-no':
      return value === true ? '是' : '否'
    case 'integer':
    case 'date':
    case 'text':
      return String(value)
  }
}

/** A record's content as people read it, in the order of its form; what was not filled in is left out. */
export const showContent = (
  kind: RecordKindDefinition,
  values: Readonly<Record<string, unknown>>,
): { id: string; label: string; value: string }[] =>
  kind.fields.flatMap((field) =>
    Object.hasOwn(values, field.id) ? [{ id: field.id, label: field.label, value: show(field, values[field.id]) }] : [],
  )
