import type { FieldDefinition } from './field-shape.ts'
import { listFields } from './list-fields.ts'
import { personFields } from './person-fields.ts'

export type { FieldDefinition, FieldShape } from './field-shape.ts'

/** Every meaning a column can have. Which of them a list may have stands in `listKinds`. */
export const fields = { ...personFields, ...listFields } as const satisfies Record<string, FieldDefinition>

export type FieldId = keyof typeof fields

/** The definition of a field, under its widest type. */
export const fieldOf = (id: FieldId): FieldDefinition => fields[id]

export const isFieldId = (text: string): text is FieldId => Object.hasOwn(fields, text)
