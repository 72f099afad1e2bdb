import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'

/** The class's own condition, inlined: the order of rules falls out and unknown survives. A class not in force is empty. */
export const memberOfToSql: ToSql<ConditionOf<'member_of'>> = ({ class: ref }, context) => {
  const condition = context.classes(ref)
  return condition && !context.inside.includes(ref) ? context.enter(ref, condition) : 'false'
}
