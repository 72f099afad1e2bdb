import type { FactRef, FactValue } from '#contract/policies'
import type { SqlContext } from './context.ts'
import { factExpression, literal } from './fact-expression.ts'

/**
 * `fact >= value`. An age is asked of the birth date against one constant day, which costs a fraction of counting years
 * for every row. Taking years from 29 February lands on 28 February, which is what `ageOn` needs.
 */
export function atLeastSql(fact: FactRef, value: FactValue, context: SqlContext): string {
  if (fact !== 'age') return `${factExpression(fact, context)} >= ${literal(value)}`
  context.reads(fact)
  return `s.birth_date <= (${context.date} - make_interval(years => ${years(value)}))::date`
}

/** `fact <= value`; a student is at most n years old until the birthday after. */
export function atMostSql(fact: FactRef, value: FactValue, context: SqlContext): string {
  if (fact !== 'age') return `${factExpression(fact, context)} <= ${literal(value)}`
  context.reads(fact)
  return `s.birth_date > (${context.date} - make_interval(years => ${years(value)} + 1))::date`
}

/** Nobody lives a thousand years; the bound keeps the day subtracted inside what PostgreSQL can hold. */
function years(value: FactValue): string {
  return literal(Math.max(-1000, Math.min(1000, Number(value))))
}
