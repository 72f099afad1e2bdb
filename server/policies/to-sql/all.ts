import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'

export const allToSql: ToSql<ConditionOf<'all'>> = ({ of }, context) => `(${of.map(context.child).join(' and ')})`
