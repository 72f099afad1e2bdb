import type { RecordField } from '#contract/policies'

/** A field as a form asks for it. */
export const fieldsAsked = (fields: readonly RecordField[] = []) =>
  fields.map((field) => ({
    id: field.id,
    label: field.label,
    type: field.type,
    required: field.required,
    max: field.max ?? null,
    hint: field.hint ?? null,
    group: field.group ?? null,
    codes: Object.entries(field.codes ?? {}).map(([code, label]) => ({ code: Number(code), label })),
  }))
