import { type FieldReason, Refusal } from '#contract/platform'
import { problemsOfContent, type RecordKindDefinition } from '#contract/policies'
import type { RecordInput } from '#contract/records'
import type { Secrets } from '#server/platform'
import type { CodedContent } from './record-events.ts'

/** Content of a record as it is stored: codes in the open, free text sealed together, a digest over everything. */
export interface StoredContent extends CodedContent {
  readonly sealed: Buffer | null
  readonly hash: Buffer
}

const modeField = 'mode'
const partField = 'part'

const refuse = (fields: readonly FieldReason[]): Refusal =>
  new Refusal('records.content', '填写的内容有误,请看各项提示。', 'invalid', fields)

// Two devices may order fields differently: the digest is over sorted names.
const canonical = (input: RecordInput): string =>
  JSON.stringify([
    input.kind,
    [...new Set(input.studentIds)].sort(),
    input.actDate,
    input.mode,
    Object.entries(input.fields).sort(([one], [other]) => (one < other ? -1 : 1)),
    input.supersedes,
  ])

/** Digest by which the same record sent twice is known. */
export const hashOf = (input: RecordInput, secrets: Secrets): Buffer =>
  secrets.digest('record-content', canonical(input))

const isBlank = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)

/**
 * Checks the content against its kind and splits it for storing. Free text never stands in the clear. [C13]
 * Refuses `records.content` naming each field and the reason.
 */
export const readContent = (kind: RecordKindDefinition, input: RecordInput, secrets: Secrets): StoredContent => {
  const { [modeField]: sentTwice, ...fields } = input.fields
  if (sentTwice !== undefined && sentTwice !== input.mode)
    throw refuse([{ field: modeField, reason: '方式填写了两次,且不一致' }])
  const content = { ...fields, ...(input.mode === null ? {} : { [modeField]: input.mode }) }
  const problems = problemsOfContent(kind, content)
  if (problems.length > 0) throw refuse(problems.map(({ field, sentence }) => ({ field, reason: sentence })))
  const filled = Object.entries(fields).filter(([, value]) => !isBlank(value))
  const isSealed = (id: string) => kind.fields.find((field) => field.id === id)?.encrypted !== false
  const sealed = filled.filter(([id]) => isSealed(id))
  const coded = Object.fromEntries(filled.filter(([id]) => !isSealed(id)))
  const part = coded[partField]
  return {
    mode: input.mode,
    coded,
    part: typeof part === 'number' ? part : null,
    sealed: sealed.length > 0 ? secrets.seal(JSON.stringify(Object.fromEntries(sealed))) : null,
    hash: hashOf(input, secrets),
  }
}
