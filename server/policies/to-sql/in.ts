import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression, literal } from './fact-expression.ts'

/** The loader leaves no null in a list, so SQL's IN and ours agree; SQL has no empty list. */
export const inToSql: ToSql<ConditionOf<'in'>> = ({ fact, values }, context) =>
  values.length === 0
    ? `(case when ${factExpression(fact, context)} is not null then false end)`
    : `${factExpression(fact, context)} in (${values.map(literal).join(', ')})`
