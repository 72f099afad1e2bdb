import {
  type AskedByClass,
  type Entry,
  type RuleKind,
  readDraftClass,
  readDraftDuty,
  readDraftEnding,
  writeClass,
  writeDuty,
  writeEnding,
} from '#contract/policies'
import type { Documents } from './cite-fields.tsx'
import { ClassEditor } from './class-editor.tsx'
import { DutyEditor } from './duty-editor.tsx'
import { EndingEditor } from './ending-editor.tsx'
import type { Namable } from './word-editor.tsx'

interface Props extends Namable {
  readonly kind: RuleKind
  readonly entry: Entry
  readonly documents: Documents
  readonly askedByClass: AskedByClass
  readonly onChange: (entry: Entry) => void
}

/** Whether an entry of a rule file can be shown as a form. */
export const hasForm = (kind: RuleKind, entry: Entry): boolean =>
  readDraftEnding(entry) !== undefined ||
  (kind === 'who' && readDraftClass(entry) !== undefined) ||
  (kind === 'duty' && readDraftDuty(entry) !== undefined)

/** The form of one entry: a class, a duty, or the end of a rule from above. */
export function EntryEditor({ kind, entry, onChange, ...rest }: Props) {
  const ending = readDraftEnding(entry)
  if (ending)
    return <EndingEditor draft={ending} documents={rest.documents} onChange={(draft) => onChange(writeEnding(draft))} />
  const asClass = kind === 'who' ? readDraftClass(entry) : undefined
  if (asClass) return <ClassEditor {...rest} draft={asClass} onChange={(draft) => onChange(writeClass(draft))} />
  const asDuty = kind === 'duty' ? readDraftDuty(entry) : undefined
  if (asDuty)
    return <DutyEditor {...rest} draft={asDuty} onChange={(draft) => onChange(writeDuty(draft, rest.records))} />
  return null
}
