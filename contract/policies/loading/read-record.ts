import type { RecordField, RecordKindDefinition } from '../rule.ts'
import { readBase, readExamples } from './read-base.ts'
import { findCode } from './read-codes.ts'
import type { Written } from './shapes/index.ts'
import type { Say, Standing } from './standing.ts'

const MOST: Readonly<Record<RecordField['type'], number>> = {
  text: 2000,
  code: 1,
  'multi-code': 50,
  date: 1,
  integer: 1_000_000,
  money: 1_000_000_000_000,
  'yes-no': 1,
}

// 平台口径: what the family was part of, where a pack does not say otherwise.
const openUnlessSaid: ReadonlySet<string> = new Set(['home-visit', 'growth-reward'])

/** Reads a record kind. */
export function readRecord(
  written: Written<'record'>,
  line: number,
  standing: Standing,
  say: Say,
): RecordKindDefinition {
  const base = readBase(written, line, standing, say)
  const fields = written.fields.map((field, index) => readField(field, say, index))
  if (new Set(fields.map((field) => field.id)).size < fields.length) say('栏目的 id 有重复', ['fields'])
  const asked = fields.map((field, index) =>
    withCondition(field, written.fields[index]?.required_when, fields, say, index),
  )
  return {
    ...base,
    kind: 'record',
    number: written.number,
    neutralTitle: written.neutral_title,
    domain: written.domain,
    track: written.track,
    subjects: written.subjects,
    needsReview: written.needs_review,
    openToFamily: written.open_to_family ?? openUnlessSaid.has(written.id),
    fields: asked,
    examples: readExamples(written.examples, ({ content }) => ({ content: withCodes(content, fields) })),
  }
}

function readField(written: Written<'record'>['fields'][number], say: Say, index: number): RecordField {
  const coded = written.type === 'code' || written.type === 'multi-code'
  if (coded && !written.codes) say(`“${written.label}”要列出可选项(codes)`, ['fields', index])
  if (!coded && written.codes) say(`“${written.label}”不是选择题,不能列可选项`, ['fields', index, 'codes'])
  return {
    id: written.id,
    label: written.label,
    type: written.type,
    required: written.required ?? false,
    max: written.max ?? MOST[written.type],
    ...(written.codes && { codes: written.codes }),
    // Free text about a child is never stored in the clear, whatever a pack says.
    encrypted: written.type === 'text' || (written.encrypted ?? false),
    ...(written.hint && { hint: written.hint }),
    ...(written.group && { group: written.group }),
  }
}

function withCondition(
  field: RecordField,
  written: { field: string; in: readonly unknown[] } | undefined,
  fields: readonly RecordField[],
  say: Say,
  index: number,
): RecordField {
  if (!written) return field
  const path = ['fields', index, 'required_when']
  const other = fields.find((one) => one.id === written.field && one.codes && one.id !== field.id)
  if (!other) say(`没有可选项栏目“${written.field}”,无从判断何时必填`, path)
  const codes = written.in.flatMap((value) => {
    const code = other && findCode(other, value)
    if (other && code === undefined) say(`“${other.label}”没有“${String(value)}”这一项`, path)
    return code ?? []
  })
  return { ...field, requiredWhen: { field: written.field, codes } }
}

/** Labels in an example become codes; what is no option stays as written, and the check then refuses it. */
function withCodes(content: Readonly<Record<string, unknown>>, fields: readonly RecordField[]) {
  return Object.fromEntries(
    Object.entries(content).map(([id, value]) => {
      const field = fields.find((candidate) => candidate.id === id)
      if (!field?.codes) return [id, value]
      const coded = (one: unknown) => findCode(field, one) ?? one
      return [id, Array.isArray(value) ? value.map(coded) : coded(value)]
    }),
  )
}
