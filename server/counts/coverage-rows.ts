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

/** Duties of each coverage that events make due, over the days of its period. */
export const eventRows = (coverages: readonly PlannedCoverage[]): string =>
  JSON.stringify(
    coverages.flatMap(({ measure, period, events }) =>
      events.map(({ rule }) => ({
        measure,
        period: period.startsOn,
        rule,
        from_on: period.startsOn,
        until_on: period.endsOn,
      })),
    ),
  )

/**
 * SQL: whether something a coverage asks of a student `m` (school_id, student_id) happened and was not settled in time;
 * `asked` says which parts of the coverage (rule, from_on, until_on) are meant. With `reviewed`, nor reviewed.
 */
export const leftOpen = (
  m: string,
  parts: string,
  asked: string,
  reviewed = false,
): string => `exists (select from ${parts} x
        join event_duties e on e.rule = x.rule and e.happened_on >= x.from_on and e.happened_on <= x.until_on
      where ${asked} and e.school_id = ${m}.school_id and e.student_id = ${m}.student_id
        and (e.settled_on is null or e.settled_on > e.due_on${reviewed ? ' or not e.reviewed' : ''}))`
