import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression, literal } from './fact-expression.ts'

export const isToSql: ToSql<ConditionOf<'is'>> = ({ fact, value }, context) =>
  `${factExpression(fact, context)} = ${literal(value)}`
