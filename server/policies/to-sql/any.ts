import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { joined } from './joined.ts'

export const anyToSql: ToSql<ConditionOf<'any'>> = ({ of }, context) => joined(of.map(context.child), 'or')
