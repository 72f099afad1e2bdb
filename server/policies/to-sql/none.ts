import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'

export const noneToSql: ToSql<ConditionOf<'none'>> = ({ of }, context) =>
  `(not (${of.map(context.child).join(' or ')}))`
