import { createContext } from 'react'
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

/** Where the names behind a figure of a unit are opened from this page; undefined where they are not. */
export const NamesAt = createContext<(unitId: string, coverage: number) => string | undefined>(coveragePath)

/** Names of today, or of a day gone by. */
export const namesOn =
  (on: string | undefined) =>
  (unitId: string, coverage: number): string =>
    on === undefined ? coveragePath(unitId, coverage) : `${coveragePath(unitId, coverage)}?on=${on}`

/** The names kept with a page: of the unit it was kept for, not of each one below. */
export const namesKept =
  (keptFor: string, freezeId: string) =>
  (unitId: string, coverage: number): string | undefined =>
    unitId === keptFor ? `/coverage/${keptFor}/kept/${freezeId}/${coverage}` : undefined
