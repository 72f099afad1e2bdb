import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression } from './fact-expression.ts'

export const hasAllToSql: ToSql<ConditionOf<'has_all'>> = ({ facts }, context) =>
  `(${facts.map((fact) => factExpression(fact, context)).join(' and ')})`
