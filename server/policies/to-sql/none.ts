import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { joined } from './joined.ts'

export const noneToSql: ToSql<ConditionOf<'none'>> = ({ of }, context) => `(not ${joined(of.map(context.child), 'or')})`
