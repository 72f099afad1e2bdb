import type { ConditionOf } from '#contract/policies'
import type { ToSql } from './context.ts'
import { literal } from './fact-expression.ts'

/** Counts what is true and what is not false: met, not met, and what lies between is unknown. */
export const atLeastNOfToSql: ToSql<ConditionOf<'at_least_n_of'>> = ({ n, of }, context) => {
  const parts = of.map(context.child)
  const count = (test: string) => parts.map((part) => `((${part}) ${test})::int`).join(' + ') || '0'
  const need = literal(n)
  return `(case when ${count('is true')} >= ${need} then true when ${count('is not false')} < ${need} then false end)`
}
