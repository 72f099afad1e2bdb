import type { DutyPeriod, DutyRule, PeriodName, RecordKindDefinition } from '../rule.ts'
import { type Entry, readDraftBase, saysOnly, writeBase } from './draft-base.ts'
import type { DraftDuty, DraftNeed, DraftPeriod, DraftWhere } from './draft-duty.ts'
import { examplesOfDuty } from './duty-examples.ts'

const readWhere = (where: unknown): DraftWhere =>
  Object.fromEntries(
    Object.entries((where ?? {}) as Entry).map(([field, values]) => [field, [values].flat().map(String)]),
  )

const writeWhere = (where: DraftWhere): { where?: Entry } => {
  const wanted = Object.entries(where).filter(([, values]) => values.length > 0)
  return wanted.length > 0 ? { where: Object.fromEntries(wanted.map(([field, values]) => [field, [...values]])) } : {}
}

const readNeed = (does: Entry): DraftNeed | undefined => {
  if (typeof does.record === 'string') return { kind: 'record', record: does.record, where: readWhere(does.where) }
  if (typeof does.appointment === 'string') return { kind: 'appointment', post: does.appointment }
  if (!Array.isArray(does.archive)) return undefined
  const parts = (does.archive as Entry[]).map(({ part, shown_by }) => ({
    part: String(part),
    shownBy: Array.isArray(shown_by) ? shown_by.map(String) : [],
  }))
  return { kind: 'archive', parts }
}

const writeNeed = (does: DraftNeed): Entry => {
  if (does.kind === 'record') return { record: does.record, ...writeWhere(does.where) }
  if (does.kind === 'appointment') return { appointment: does.post }
  return {
    archive: does.parts.map(({ part, shownBy }) => ({ part, shown_by: shownBy.length > 0 ? [...shownBy] : 'system' })),
  }
}

const readPeriod = (per: unknown): DraftPeriod | undefined => {
  if (per === 'standing') return { kind: 'standing' }
  if (typeof per === 'string') return { kind: 'every', period: per as PeriodName }
  if (typeof per !== 'object' || per === null) return undefined
  const { once_by, after, where, hours, working_days } = per as Entry
  if (once_by !== undefined) return { kind: 'once', by: String(once_by) }
  if (after === undefined) return undefined
  const unit = hours === undefined ? 'working_days' : 'hours'
  const within = Number(hours ?? working_days ?? 1)
  return { kind: 'after', event: String(after), where: readWhere(where), within, unit }
}

const writePeriod = (per: DraftPeriod): unknown => {
  if (per.kind === 'every') return per.period
  if (per.kind === 'standing') return 'standing'
  if (per.kind === 'once') return { once_by: per.by }
  return { after: per.event, ...writeWhere(per.where), [per.unit]: per.within }
}

/** Reads a duty of a pack file into the form; undefined when it says something the form has no field for. */
export function readDraftDuty(entry: Entry): DraftDuty | undefined {
  const does = readNeed((entry.does ?? {}) as Entry)
  const per = readPeriod(entry.per)
  if (!does || !per || !saysOnly(entry, ['neutral_title', 'for', 'does', 'by', 'fallback', 'at_least', 'per']))
    return undefined
  return {
    ...readDraftBase(entry),
    neutralTitle: String(entry.neutral_title ?? ''),
    for: String(entry.for ?? ''),
    does,
    by: String(entry.by ?? ''),
    fallback: Array.isArray(entry.fallback) ? entry.fallback.map(String) : [],
    atLeast: Number(entry.at_least ?? 1),
    per,
  }
}

/** A duty as its pack file says it, with examples on both sides of how often, by when and what counts. */
export function writeDuty(draft: DraftDuty, records: readonly RecordKindDefinition[] = []): Entry {
  return {
    ...writeBase(draft),
    neutral_title: draft.neutralTitle,
    for: draft.for,
    does: writeNeed(draft.does),
    by: draft.by,
    fallback: [...draft.fallback],
    at_least: draft.atLeast,
    per: writePeriod(draft.per),
    examples: examplesOfDuty(draft, records),
  }
}

/** A loaded duty as the form holds it: where a replacement begins. */
export function draftOfDuty(rule: DutyRule, records: readonly RecordKindDefinition[]): Omit<DraftDuty, 'cites'> {
  const labels = (record: string, where: Readonly<Record<string, readonly number[]>>): DraftWhere => {
    const fields = records.find(({ id }) => id === record)?.fields ?? []
    const label = (field: string, code: number) => fields.find(({ id }) => id === field)?.codes?.[code] ?? String(code)
    return Object.fromEntries(
      Object.entries(where).map(([field, codes]) => [field, codes.map((code) => label(field, code))]),
    )
  }
  const need = ({ does }: DutyRule): DraftNeed => {
    if (does.kind === 'record') return { kind: 'record', record: does.record, where: labels(does.record, does.where) }
    if (does.kind === 'appointment') return does
    return { kind: 'archive', parts: does.parts.map(({ part, shownBy }) => ({ part, shownBy })) }
  }
  const period = (per: DutyPeriod): DraftPeriod =>
    per.kind === 'after'
      ? {
          kind: 'after',
          event: per.event,
          where: labels(per.event, per.where),
          within: per.hours ?? per.workingDays ?? 1,
          unit: per.hours === undefined ? 'working_days' : 'hours',
        }
      : per
  return {
    id: rule.id,
    label: rule.label,
    from: '',
    until: '',
    ours: false,
    replaces: rule.ref,
    neutralTitle: rule.neutralTitle,
    for: rule.for,
    does: need(rule),
    by: rule.by,
    fallback: rule.fallback,
    atLeast: rule.atLeast,
    per: period(rule.per),
  }
}
