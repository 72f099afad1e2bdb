import { type FactRef, type FactValue, factMeaning } from '#contract/policies'
import type { SqlContext } from './context.ts'

/**
 * The SQL expression of a fact. Aliases: `s` the student's row, `u` the school, `f_<domain>` the wide table of a domain.
 * Fact names come from the dictionary only, never from a pack's text.
 */
export function factExpression(fact: FactRef, context: SqlContext): string {
  context.reads(fact)
  const meaning = factMeaning(fact)
  if (fact === 'age') return ageExpression(context.date)
  if (fact === 'urban') return 'u.urban'
  return meaning.roster ? `s.${meaning.ref}` : `f_${meaning.domain}.${meaning.ref}`
}

/** A constant of a rule as SQL: yes-no, whole number or plain date, each written so that nothing else can be. */
export function literal(value: FactValue): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`)
    return value < 0 ? `(${value})` : String(value)
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw new Error('not a plain date')
  return `date '${value}'`
}

/** Full years by calendar numbers, as `ageOn` counts them: born on 29 February, a year older on 1 March. */
function ageExpression(date: string): string {
  const number = (day: string) =>
    `(extract(year from ${day})::int * 10000 + extract(month from ${day})::int * 100 + extract(day from ${day})::int)`
  return `floor((${number(date)} - ${number('s.birth_date')}) / 10000.0)::int`
}
