import type { ListKindId, RowReading, RowValues, Score } from '#contract/imports'
import type { FactId } from '#contract/students'

/** Values of facts as the history keeps them: booleans, codes, integers, fen, plain dates; null says it became unknown. */
export type FactValues = Partial<Record<FactId, boolean | number | string | null>>

type Bring = (values: RowValues, reading: RowReading) => FactValues

const yes =
  (fact: FactId): Bring =>
  () => ({ [fact]: true })

const han = 1

const given = (entries: readonly (readonly [FactId, unknown])[]): FactValues => {
  const facts: FactValues = {}
  for (const [fact, value] of entries) if (value !== undefined) facts[fact] = value as number
  return facts
}

const pointsOf = (score: Score | undefined): number | undefined =>
  score !== undefined && 'points' in score ? score.points : undefined

const totalOf = (values: RowValues, reading: RowReading): number | undefined => {
  const written = pointsOf(values.total_score as Score | undefined)
  if (written !== undefined) return Math.round(written)
  const points = reading.scores.map(({ score }) => pointsOf(score)).filter((value) => value !== undefined)
  return points.length === 0 ? undefined : Math.round(points.reduce((sum, value) => sum + value, 0))
}

const brought: Readonly<Record<ListKindId, Bring>> = {
  roster: (values) =>
    given([
      ['boarding', values.boarding ?? values.attendance],
      ['ethnicity', values.ethnicity === undefined ? undefined : values.ethnicity !== han],
      ['left_behind', values.left_behind],
      ['migrant_child', values.migrant_child],
      ['single_parent', values.single_parent],
      ['per_capita_income', values.per_capita_income],
      ['household_size', values.household_size],
      ['inclusive_class', values.inclusive_class],
    ]),
  staff: () => ({}),
  dibao: yes('dibao'),
  'dibao-marginal': yes('dibao_marginal'),
  destitute: yes('destitute'),
  'children-in-difficulty': yes('child_in_difficulty'),
  martyrs: yes('martyr_child'),
  disability: (values) =>
    given([
      ['disability_kind', values.disability_kind],
      ['disability_level', values.disability_level],
    ]),
  'poverty-monitor': (values) =>
    given([
      ['poverty_monitor', values.monitor_kind],
      ['monitor_risk_cleared', values.risk_cleared],
    ]),
  orphans: (values) =>
    values.orphan_kind === undefined
      ? {}
      : { orphan: values.orphan_kind === 'orphan', de_facto_unattended: values.orphan_kind === 'de-facto' },
  'psychological-screening': (values) =>
    given([
      ['screening_level', values.screening_level],
      ['screened_on', values.screened_on],
    ]),
  'exam-results': (values, reading) => given([['exam_total', totalOf(values, reading)]]),
  'registration-absences': (values) =>
    given([
      ['not_registered', true],
      ['absence_reason', values.absence_reason],
    ]),
  'home-visits': () => ({}),
}

/** The facts one row brings. What a whole list says of those who are not on it, and places in class, are decided on the set. */
export const factsOf = (kind: ListKindId, reading: RowReading): FactValues => brought[kind](reading.values, reading)

/** What not being on a replacing list of everybody says; a fact that then has no meaning becomes unknown. */
export const factsOfAbsence: Partial<Record<ListKindId, FactValues>> = {
  dibao: { dibao: false },
  'dibao-marginal': { dibao_marginal: false },
  destitute: { destitute: false },
  'children-in-difficulty': { child_in_difficulty: false },
  martyrs: { martyr_child: false },
  disability: { disability_kind: 0, disability_level: null },
  'poverty-monitor': { poverty_monitor: 0, monitor_risk_cleared: null },
  orphans: { orphan: false, de_facto_unattended: false },
  'registration-absences': { not_registered: false, absence_reason: null },
}
