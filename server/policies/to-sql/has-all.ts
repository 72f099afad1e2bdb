import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { factExpression } from './fact-expression.ts'
import { joined } from './joined.ts'

export const hasAllToSql: ToSql<ConditionOf<'has_all'>> = ({ facts }, context) =>
  joined(
    facts.map((fact) => factExpression(fact, context)),
    'and',
  )
