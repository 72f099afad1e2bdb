import type { AnswerOf, FieldReason } from '#contract/platform'
import { problemsOfContent, type RecordField } from '#contract/policies'
import type { addRecord, listRecordKinds, RecordInput } from '#contract/records'
import type { PickedStudent } from '#web/students'

export type RecordKind = AnswerOf<typeof listRecordKinds>['kinds'][number]
export type KindField = RecordKind['fields'][number]
export type FieldValue = RecordInput['fields'][string]

/**
 * A record on its way from a person's hands to the ledger, as it lies on the device. `draft`: being written. `waiting`:
 * handed in, to be sent when there is a network. `refused`: the server said no; it stays with the reason until corrected.
 * Nothing is ever dropped because sending failed.
 */
export interface Paper {
  /** Also the record's id, so that sending twice stores once. */
  readonly id: string
  readonly personId: string
  readonly kind: number
  readonly kindLabel: string
  readonly students: readonly PickedStudent[]
  readonly actDate: string
  readonly mode: number | null
  readonly fields: Readonly<Record<string, FieldValue>>
  readonly supersedes: string | null
  readonly state: 'draft' | 'waiting' | 'refused'
  /** The record itself has arrived; only attachments are still to be sent. */
  readonly stored: boolean
  readonly reason: { readonly sentence: string; readonly fields: readonly FieldReason[] } | null
  readonly tries: number
  /** Milliseconds since 1970. Not sent again before this. */
  readonly notBefore: number
  readonly changedAt: number
}

export type Sent = AnswerOf<typeof addRecord>

/** What became of one attempt to send. */
export type Outcome =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'session-lost' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'refused'; readonly sentence: string; readonly fields: readonly FieldReason[] }

export interface Beginning {
  readonly id: string
  readonly personId: string
  readonly kind: RecordKind
  readonly students: readonly PickedStudent[]
  readonly today: string
  readonly now: number
  readonly corrects?: {
    readonly recordId: string
    readonly actDate: string
    readonly mode: number | null
    readonly fields: Paper['fields']
  }
}

/** A new draft; of a correction it begins with what the corrected record says. */
export const begin = ({ id, personId, kind, students, today, now, corrects }: Beginning): Paper => ({
  id,
  personId,
  kind: kind.kind,
  kindLabel: kind.neutralTitle,
  students,
  actDate: corrects?.actDate ?? today,
  mode: corrects?.mode ?? null,
  fields: corrects?.fields ?? {},
  supersedes: corrects?.recordId ?? null,
  state: 'draft',
  stored: false,
  reason: null,
  tries: 0,
  notBefore: 0,
  changedAt: now,
})

/** A form opened and left again without a word; nobody needs to be told of it. */
export const isUntouched = (paper: Paper): boolean =>
  paper.state === 'draft' && paper.mode === null && Object.keys(paper.fields).length === 0 && paper.supersedes === null

/** Writing on it makes it a draft again; the server's reason stays until it is handed in once more. */
export const written = (
  paper: Paper,
  change: Partial<Pick<Paper, 'actDate' | 'mode' | 'fields'>>,
  now: number,
): Paper => ({
  ...paper,
  ...change,
  state: 'draft',
  changedAt: now,
})

/** Sets or clears one field. */
export const withField = (fields: Paper['fields'], id: string, value: FieldValue | undefined): Paper['fields'] => {
  const { [id]: _old, ...others } = fields
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return empty ? others : { ...others, [id]: value }
}

export const handedIn = (paper: Paper, now: number): Paper => ({
  ...paper,
  state: 'waiting',
  reason: null,
  notBefore: 0,
  changedAt: now,
})

const longestPause = 300_000

/** How the paper stands after an attempt. Only what arrived changes `stored`; a no keeps everything with its reason. */
export const afterAttempt = (paper: Paper, outcome: Outcome, now: number): Paper => {
  switch (outcome.kind) {
    case 'arrived':
      return { ...paper, stored: true, state: 'waiting', reason: null, tries: 0, notBefore: 0 }
    case 'refused':
      return { ...paper, state: 'refused', reason: { sentence: outcome.sentence, fields: outcome.fields } }
    case 'fault':
      return { ...paper, tries: paper.tries + 1, notBefore: now + Math.min(longestPause, 5_000 * 2 ** paper.tries) }
    case 'unreachable':
    case 'session-lost':
      return paper
  }
}

/** Which papers are to be sent now, the oldest first. */
export const dueForSending = (papers: readonly Paper[], now: number): Paper[] =>
  papers
    .filter(({ state, notBefore }) => state === 'waiting' && notBefore <= now)
    .sort((a, b) => a.changedAt - b.changedAt)

/** The body sent for it. Where the kind declares its mode as a field too, both say the same. */
export const bodyOf = (paper: Paper, kind: RecordKind | undefined): RecordInput => ({
  id: paper.id,
  kind: paper.kind,
  studentIds: paper.students.map(({ id }) => id),
  actDate: paper.actDate,
  mode: paper.mode,
  fields: contentOf(paper, kind),
  supersedes: paper.supersedes,
})

const contentOf = (paper: Paper, kind: RecordKind | undefined): Record<string, FieldValue> => {
  const declaresMode = kind?.fields.some(({ id }) => id === 'mode') ?? false
  return { ...paper.fields, ...(declaresMode && paper.mode !== null ? { mode: paper.mode } : {}) }
}

/** The fields a form asks beside date and mode. */
export const askedFields = (kind: RecordKind): KindField[] =>
  kind.modes.length > 0 ? kind.fields.filter(({ id }) => id !== 'mode') : [...kind.fields]

export interface FieldGroup {
  /** Null for fields that stand under none. */
  readonly heading: string | null
  readonly fields: readonly KindField[]
}

/** The fields in the order of the form, neighbours of one heading together. */
export const underHeadings = (fields: readonly KindField[]): FieldGroup[] => {
  const groups: { heading: string | null; fields: KindField[] }[] = []
  for (const field of fields) {
    // A form kept on the device before headings were known has none.
    const heading = field.group ?? null
    const last = groups.at(-1)
    if (last && last.heading === heading) last.fields.push(field)
    else groups.push({ heading, fields: [field] })
  }
  return groups
}

const asRuleField = (field: KindField): RecordField => ({
  id: field.id,
  label: field.label,
  type: field.type,
  required: field.required,
  max: field.max ?? (field.type === 'text' ? 5_000 : Number.MAX_SAFE_INTEGER),
  encrypted: false,
  codes: Object.fromEntries(field.codes.map(({ code, label }) => [code, label])),
})

/** Everything that stands in the way of handing it in, by field. The server refuses by the same rules. */
export const problemsOf = (paper: Paper, kind: RecordKind, today: string): FieldReason[] => {
  const content = problemsOfContent({ fields: askedFields(kind).map(asRuleField) }, paper.fields)
  return [
    ...(paper.actDate === '' ? [{ field: 'actDate', reason: '请填写日期' }] : []),
    ...(paper.actDate > today ? [{ field: 'actDate', reason: '日期还没有到,不能提前记' }] : []),
    ...(kind.modes.length > 0 && paper.mode === null ? [{ field: 'mode', reason: '请选择方式' }] : []),
    ...content.map(({ field, sentence }) => ({ field, reason: sentence })),
  ]
}

/** The server names fields by their path; the form by their id. */
export const reasonOn = (reasons: readonly FieldReason[], id: string): string | undefined =>
  reasons.find(({ field }) => field === id || field === `fields.${id}`)?.reason
