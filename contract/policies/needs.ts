import type { ArchivePart, CentrePart, CoverageExample, CoverageRule, DutyExample, DutyRule } from './rule.ts'

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
export function dutyProgress(rule: Pick<DutyRule, 'does' | 'atLeast'>, evidence: DutyExample): DutyProgress {
  const done = countDone(rule, evidence)
  const needed = rule.does.kind === 'archive' ? rule.does.parts.length : rule.atLeast
  return { done, needed, met: done >= needed }
}

function countDone({ does }: Pick<DutyRule, 'does'>, { acts, posts, parts, period }: DutyExample): number {
  if (does.kind === 'appointment') return posts.filter((post) => post === does.post).length
  const inPeriod = acts.filter((act) => !period || (act.on >= period.from && act.on <= period.until))
  if (does.kind === 'record') {
    return inPeriod.filter(
      (act) =>
        act.record === does.record &&
        Object.entries(does.where).every(([field, codes]) =>
          (act.codes[field] ?? []).some((code) => codes.includes(code)),
        ),
    ).length
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
