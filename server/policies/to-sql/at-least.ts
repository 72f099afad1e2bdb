import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { atLeastSql } from './measure.ts'

export const atLeastToSql: ToSql<ConditionOf<'at_least'>> = ({ fact, value }, context) =>
  atLeastSql(fact, value, context)
