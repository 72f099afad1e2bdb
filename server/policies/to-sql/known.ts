import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression } from './fact-expression.ts'

export const knownToSql: ToSql<ConditionOf<'known'>> = ({ fact }, context) => {
  if (fact !== 'age') return `${factExpression(fact, context)} is not null`
  context.reads(fact)
  return 's.birth_date is not null'
}
