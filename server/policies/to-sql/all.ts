import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { joined } from './joined.ts'

export const allToSql: ToSql<ConditionOf<'all'>> = ({ of }, context) => joined(of.map(context.child), 'and')
