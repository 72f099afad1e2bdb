import { addDays } from '#contract/platform'
import { dueAfter } from '../needs.ts'
import type { PeriodName, RecordKindDefinition } from '../rule.ts'
import { type Entry, exampleDayOf } from './draft-base.ts'
import type { DraftDuty, DraftPeriod, DraftWhere } from './draft-duty.ts'

interface Sides {
  readonly in: readonly Entry[]
  readonly out: readonly Entry[]
}

// Last day of the period that begins on the example's day.
const lastDay: Readonly<Record<PeriodName, number>> = {
  'school-day': 0,
  week: 6,
  'teaching-week': 6,
  vacation: 29,
  month: 27,
  term: 120,
  'school-year': 364,
  'calendar-year': 121,
}
const mostActs = 40

/** Ways to make a record count: every accepted option stands in one of them. */
const accepted = (where: DraftWhere): readonly Readonly<Record<string, string>>[] => {
  const wanted = Object.entries(where).filter(([, values]) => values.length > 0)
  const many = Math.max(1, ...wanted.map(([, values]) => values.length))
  return Array.from({ length: many }, (_, n) =>
    Object.fromEntries(wanted.map(([field, values]) => [field, values[n % values.length] ?? ''])),
  )
}

/** Ways to make a record not count: one field of an accepted one has an option that is not accepted, or none. */
const refused = (where: DraftWhere, record: RecordKindDefinition | undefined) => {
  const [good = {}] = accepted(where)
  return Object.keys(good).map((field) => {
    const codes = record?.fields.find(({ id }) => id === field)?.codes ?? {}
    const other = Object.values(codes).find((label) => !where[field]?.includes(label))
    const { [field]: _, ...rest } = good
    return other === undefined ? rest : { ...rest, [field]: other }
  })
}

const act = (record: string, on: string, codes: Readonly<Record<string, string>>): Entry => ({
  record,
  on,
  ...(Object.keys(codes).length > 0 && { with: codes }),
})

/** Examples on both sides of a duty, made from what its form says: enough, one too few, the wrong kind, a day too late. */
export function examplesOfDuty(draft: DraftDuty, records: readonly RecordKindDefinition[]): Sides {
  const { does, atLeast, per } = draft
  if (does.kind === 'appointment') {
    const posts = (many: number) => ({ posts: Array.from({ length: Math.min(many, 10) }, () => does.post) })
    return { in: [posts(atLeast)], out: [posts(atLeast - 1)] }
  }
  if (does.kind === 'archive') {
    const parts = does.parts.filter(({ shownBy }) => shownBy.length > 0).map(({ part }) => part)
    return { in: [{ parts }], out: parts.map((missing) => ({ parts: parts.filter((part) => part !== missing) })) }
  }
  const record = records.find(({ id }) => id === does.record)
  const day = exampleDayOf(draft)
  const many = Math.max(0, Math.min(atLeast, mostActs))
  const acts = (number: number, codes: Readonly<Record<string, string>>, on = day) =>
    Array.from({ length: number }, (_, n) =>
      act(does.record, per.kind === 'every' && lastDay[per.period] > 5 ? addDays(on, n % 5) : on, codes),
    )
  const bad = refused(does.where, record)
  if (per.kind === 'after') return afterEvent(per, records, { day, many, acts, good: accepted(does.where), bad })
  const period = per.kind === 'every' ? { period: [day, addDays(day, lastDay[per.period])] } : {}
  const [good = {}] = accepted(does.where)
  return {
    in: accepted(does.where).map((codes) => ({ ...period, acts: acts(many, codes) })),
    out: [{ ...period, acts: acts(many - 1, good) }, ...bad.map((codes) => ({ ...period, acts: acts(many, codes) }))],
  }
}

type Codes = Readonly<Record<string, string>>
interface Done {
  readonly day: string
  readonly many: number
  readonly acts: (many: number, codes: Codes, on: string) => readonly Entry[]
  readonly good: readonly Codes[]
  readonly bad: readonly Codes[]
}

/** In time on the last day, too late the day after; an event that says something else asks for nothing. */
function afterEvent(
  per: Extract<DraftPeriod, { kind: 'after' }>,
  records: readonly RecordKindDefinition[],
  { day, many, acts, good, bad }: Done,
): Sides {
  const last = dueAfter(day, per.unit === 'hours' ? { hours: per.within } : { workingDays: per.within })
  const kind = records.find(({ id }) => id === per.event)
  const events = accepted(per.where).map((codes) => act(per.event, day, codes))
  const [event = {}] = events
  const [usual = {}] = good
  return {
    in: [
      ...events.map((one) => ({ acts: [one, ...acts(many, usual, last)] })),
      ...good.slice(1).map((codes) => ({ acts: [event, ...acts(many, codes, last)] })),
      ...refused(per.where, kind).map((codes) => ({ acts: [act(per.event, day, codes)] })),
    ],
    out: [
      { acts: [event, ...acts(many, usual, addDays(last, 1))] },
      ...events.map((one) => ({ acts: [one, ...acts(many - 1, usual, last)] })),
      ...bad.map((codes) => ({ acts: [event, ...acts(many, codes, last)] })),
    ],
  }
}
