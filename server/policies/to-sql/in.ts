import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression, literal } from './fact-expression.ts'

/** The loader leaves no list empty and no null in one, so SQL's IN and ours agree. */
export const inToSql: ToSql<ConditionOf<'in'>> = ({ fact, values }, context) =>
  `${factExpression(fact, context)} in (${values.map(literal).join(', ')})`
