import type { Term } from './period.ts'

/** The terms of a school year where no office has entered its calendar: September to January, mid-February to early July. */
export const usualTerms = (schoolYear: number): readonly Term[] => [
  { schoolYear, term: 1, startsOn: `${schoolYear}-09-01`, endsOn: `${schoolYear + 1}-01-31` },
  { schoolYear, term: 2, startsOn: `${schoolYear + 1}-02-15`, endsOn: `${schoolYear + 1}-07-05` },
]
