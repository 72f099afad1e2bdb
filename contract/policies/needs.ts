import { addDays, type PlainDate } from '#contract/platform'
import type {
  ArchivePart,
  CentrePart,
  CoverageExample,
  CoverageRule,
  DutyAct,
  DutyExample,
  DutyPeriod,
  DutyRule,
} from './rule.ts'

/** How far a duty is for one student in one period. */
export interface DutyProgress {
  readonly done: number
  readonly needed: number
  readonly met: boolean
}

/**
 * How far a duty is, from what was done. `acts` are current records about the student, corrected and withdrawn ones
 * left out; the period's days are both included; for a standing duty the period is left out.
 */
export function dutyProgress(rule: Pick<DutyRule, 'does' | 'atLeast' | 'per'>, evidence: DutyExample): DutyProgress {
  if (rule.per.kind === 'after') return progressAfter(rule, rule.per, evidence)
  const done = countDone(rule, evidence)
  const needed = rule.does.kind === 'archive' ? rule.does.parts.length : rule.atLeast
  return { done, needed, met: done >= needed }
}

/** Owed once for every event that asks for it, each within its own days. Without an event nothing is owed. */
function progressAfter(
  rule: Pick<DutyRule, 'does' | 'atLeast'>,
  per: Extract<DutyPeriod, { kind: 'after' }>,
  evidence: DutyExample,
): DutyProgress {
  const events = evidence.acts.filter((act) => act.record === per.event && saysSo(act, per.where))
  const done = events.map(({ on }) => {
    const after = evidence.acts.filter((act) => !events.includes(act))
    return countDone(rule, { ...evidence, acts: after, period: { from: on, until: dueAfter(on, per) } })
  })
  return {
    done: done.reduce((sum, n) => sum + Math.min(n, rule.atLeast), 0),
    needed: events.length * rule.atLeast,
    met: done.every((n) => n >= rule.atLeast),
  }
}

/**
 * The last day of what is owed after an event of that day. Hours are rounded up to whole days, as records carry a day;
 * working days are those of a calendar, without one Monday to Friday.
 */
export function dueAfter(
  on: PlainDate,
  per: { readonly hours?: number; readonly workingDays?: number },
  isWorkingDay: (date: PlainDate) => boolean = isWeekday,
): PlainDate {
  let day = addDays(on, Math.ceil((per.hours ?? 0) / 24))
  // A calendar without a working day in two years is none; then every day counts.
  for (let left = per.workingDays ?? 0, looked = 0; left > 0; looked++) {
    day = addDays(day, 1)
    if (looked > 730 || isWorkingDay(day)) left--
  }
  return day
}

export const isWeekday = (date: PlainDate) => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

const saysSo = (act: DutyAct, where: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(where).every(([field, codes]) => (act.codes[field] ?? []).some((code) => codes.includes(code)))

function countDone({ does }: Pick<DutyRule, 'does'>, { acts, posts, parts, period }: DutyExample): number {
  if (does.kind === 'appointment') return posts.filter((post) => post === does.post).length
  const inPeriod = acts.filter((act) => !period || (act.on >= period.from && act.on <= period.until))
  if (does.kind === 'record') {
    return inPeriod.filter((act) => act.record === does.record && saysSo(act, does.where)).length
  }
  // A part the system derives itself is always there; any other has a record or is verified as empty (无,已核实).
  const hasContent = (part: ArchivePart) =>
    part.shownBy.length === 0 || parts.includes(part.part) || inPeriod.some((act) => part.shownBy.includes(act.record))
  return does.parts.filter(hasContent).length
}

/** Whether a student or unit of the denominator counts in the numerator. */
export function countsIn(rule: Pick<CoverageRule, 'numerator'>, evidence: CoverageExample): boolean {
  const { numerator } = rule
  if (numerator.kind === 'duties') return numerator.duties.every((duty) => evidence.dutiesMet.includes(duty))
  return numerator.needs.every((part: CentrePart) => evidence.centre.includes(part))
}

/** A coverage as people read it: `93.3%`, and `—` when nobody is in the denominator. */
export function showShare(numerator: number, denominator: number): string {
  if (denominator === 0) return '—'
  // Never rounded up to 100%: one name missing must show.
  const share = Math.floor((numerator * 1000) / denominator) / 10
  return `${share}%`
}
