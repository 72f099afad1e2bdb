import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression } from './fact-expression.ts'
import { joined } from './joined.ts'

/** OR of the booleans themselves: true wins over unknown, unknown over false, as `any` does. */
export const hasAnyToSql: ToSql<ConditionOf<'has_any'>> = ({ facts }, context) =>
  joined(
    facts.map((fact) => factExpression(fact, context)),
    'or',
  )
