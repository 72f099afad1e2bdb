import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { atLeastSql, atMostSql } from './measure.ts'

/** Two comparisons rather than BETWEEN: both sides are constants, so an absent value stays unknown. */
export const betweenToSql: ToSql<ConditionOf<'between'>> = ({ fact, from, to }, context) =>
  `(${atLeastSql(fact, from, context)} and ${atMostSql(fact, to, context)})`
