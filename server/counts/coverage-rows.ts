import type { PlannedCoverage } from '#server/duties'

/** Coverages as a statement reads them: one row each, with their duties and the classes they are split by. */
export const coverageRows = (coverages: readonly PlannedCoverage[]): string =>
  JSON.stringify(
    coverages.map((coverage) => ({
      measure: coverage.measure,
      period: coverage.period.startsOn,
      class: coverage.classRule,
      secrecy: coverage.secrecy,
      on_day: coverage.on,
      ended: coverage.ended,
      needed: coverage.duties.length,
      splits: coverage.splits,
    })),
  )

/** The duties that make up each coverage. */
export const partRows = (coverages: readonly PlannedCoverage[]): string =>
  JSON.stringify(
    coverages.flatMap((coverage) =>
      coverage.duties.map((duty) => ({
        measure: coverage.measure,
        period: coverage.period.startsOn,
        rule: duty.rule,
        duty_period: duty.period.startsOn,
      })),
    ),
  )
