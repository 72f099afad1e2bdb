import { Refusal, schoolYearOf } from '#contract/platform'
import type { PlainDate } from './condition.ts'

interface TermDates {
  readonly term: number
  readonly startsOn: PlainDate
  readonly endsOn: PlainDate
}

const wrong = (reason: string) =>
  new Refusal('policies.wrong-terms', `${reason}。`, 'invalid', [{ field: 'terms', reason }])

/** Why these cannot be the terms of a school year: out of order, overlapping, or outside the year. */
export function whyNotTerms(year: number, terms: readonly TermDates[]): Refusal | undefined {
  for (const [index, term] of terms.entries()) {
    if (term.term !== index + 1) return wrong('学期应按第一、第二、第三的次序,不能缺也不能重')
    if (term.startsOn >= term.endsOn) return wrong(`第 ${term.term} 学期的结束应在开始之后`)
    // Some schools begin in the last days of August.
    if (schoolYearOf(term.endsOn) !== year || term.startsOn < `${year}-08-01`)
      return wrong(`第 ${term.term} 学期不在 ${year}—${year + 1} 学年里`)
    const before = terms[index - 1]
    if (before && before.endsOn >= term.startsOn) return wrong(`第 ${term.term} 学期与前一学期重叠`)
  }
  return undefined
}
