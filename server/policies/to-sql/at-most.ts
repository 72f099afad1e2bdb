import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { atMostSql } from './measure.ts'

export const atMostToSql: ToSql<ConditionOf<'at_most'>> = ({ fact, value }, context) => atMostSql(fact, value, context)
