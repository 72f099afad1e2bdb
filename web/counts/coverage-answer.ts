import type { getCoverage, getCoverageSplits, listMissing } from '#contract/counts'
import type { AnswerOf } from '#contract/platform'

export type CoverageHead = AnswerOf<typeof getCoverage>['coverages'][number]
export type CoverageRow = AnswerOf<typeof getCoverage>['rows'][number]
export type Figures = CoverageRow['figures']
export type SplitGroup = AnswerOf<typeof getCoverageSplits>['groups'][number]
export type MissingStudent = AnswerOf<typeof listMissing>['students'][number]
export type MissingUnit = AnswerOf<typeof listMissing>['units'][number]

/** The screen of one coverage at a unit: splits and who is missing. */
export const coveragePath = (unitId: string, coverage: number): string => `/coverage/${unitId}/${coverage}`
