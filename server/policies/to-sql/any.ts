import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'

export const anyToSql: ToSql<ConditionOf<'any'>> = ({ of }, context) => `(${of.map(context.child).join(' or ')})`
