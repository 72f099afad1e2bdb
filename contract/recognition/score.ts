import type { Scoring } from '#contract/policies'

/** One line of the score: what was answered and what the table gives for it. */
export interface ScoreLine {
  readonly label: string
  readonly group: string
  readonly points: number
}

/** Points of a request by the pack's table. Advice beside what people judge: it never decides. [C8 C19] */
export interface Score {
  readonly total: number
  readonly lines: readonly ScoreLine[]
  /** Indicators nobody answered: not zero, unknown. */
  readonly unknown: readonly string[]
}

/** Adds up the points of the answers, each group up to its cap. */
export const scoreOf = (scoring: Scoring, answers: Readonly<Record<string, unknown>>): Score => {
  const asked = scoring.indicators.map((indicator) => {
    const value = Object.hasOwn(answers, indicator.field) ? answers[indicator.field] : undefined
    const codes = [value].flat().filter((code): code is number => typeof code === 'number')
    const points = codes.reduce((sum, code) => sum + (indicator.points[code] ?? 0), 0)
    return { ...indicator, isKnown: codes.length > 0, sum: points }
  })
  const lines = asked.filter(({ isKnown }) => isKnown).map(({ label, group, sum }) => ({ label, group, points: sum }))
  const groups = Map.groupBy(lines, ({ group }) => group)
  const total = [...groups].reduce((sum, [group, those]) => {
    const points = those.reduce((all, line) => all + line.points, 0)
    return sum + Math.min(points, scoring.caps[group] ?? points)
  }, 0)
  return { total, lines, unknown: asked.filter(({ isKnown }) => !isKnown).map(({ label }) => label) }
}
