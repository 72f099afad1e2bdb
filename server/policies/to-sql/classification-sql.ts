import { type ClassRule, classLookup, type FactRef, factMeaning, type RulesInForce } from '#contract/policies'
import type { SecrecyDomain } from '#contract/students'
import { toSql } from './condition-sql.ts'

export interface ClassificationOptions {
  /** What is in force, for `member_of`. */
  readonly rules: RulesInForce
  /** SQL expression of the day, e.g. `$2::date`. */
  readonly date: string
  /**
   * SQL over `s` (students) that narrows to the students wanted, e.g. `s.school_id = any($1::uuid[])`; written by the
   * program, never by people. Give it: then each condition is computed once. Without it the text can be narrowed from
   * outside instead, and every condition is computed once for each array.
   */
  readonly where?: string
  /**
   * SQL of the list of schools that `where` narrows to, e.g. `$1::uuid[]`: every table read is narrowed to them too, so
   * that some schools cost the same however many others there are.
   */
  readonly schools?: string
  /** Whether each row also says where the student stands: `scope`, after the ids. */
  readonly withScope?: boolean
}

/**
 * One SELECT that judges every class for every student wanted: `school_id, student_id, yes int[], unknown int[]`, the
 * arrays holding the caller's rule numbers in the order given. Only the tables that the rules read are joined.
 */
export function classificationSql(
  rules: readonly { readonly rule: Pick<ClassRule, 'ref' | 'when'>; readonly number: number }[],
  { rules: inForce, date, where, schools, withScope = false }: ClassificationOptions,
): { readonly text: string } {
  const classes = classLookup(inForce)
  const compiled = rules.map(({ rule, number }) => ({ number, ...toSql(rule.when, { date, classes }) }))
  const facts = new Set(compiled.flatMap((one) => [...one.facts]))
  const columns = compiled.map((one, index) => `, ${one.text} as c${index}`).join('\n  ')
  const array = (test: (column: string, number: number) => string) =>
    compiled.length === 0
      ? `'{}'::int[]`
      : `array_remove(array[${compiled.map((one, index) => test(`c${index}`, one.number)).join(', ')}]::int[], null)`
  // OFFSET 0 keeps each condition computed once, though two arrays read it; it also keeps outer filters out.
  // The day is always named, or a statement whose rules never ask for it would have a parameter of unknown type.
  const narrowed =
    where === undefined ? `where ${date} is not null` : `where (${where}) and ${date} is not null\n  offset 0`
  const text = `select school_id, student_id,${withScope ? ' scope,' : ''}
  ${array((column, number) => `case when ${column} then ${whole(number)} end`)} as yes,
  ${array((column, number) => `case when ${column} is null then ${whole(number)} end`)} as unknown
from (select s.school_id, s.id as student_id${withScope ? ', s.scope' : ''}
  ${columns}
  from students s
  ${joinsFor(facts, schools)}
  ${narrowed}) judged`
  return { text }
}

/**
 * LEFT JOINs of the tables that hold these facts; a student without a row there is unknown in all of them. `schools` is
 * SQL of a list of schools that the students are of anyway: with it no row of another school is looked at.
 */
export function joinsFor(facts: ReadonlySet<FactRef>, schools?: string): string {
  const domains = new Set<SecrecyDomain>()
  for (const fact of facts) if (!factMeaning(fact).roster) domains.add(factMeaning(fact).domain)
  const tables = [...domains].map(
    (domain) =>
      `left join facts_${domain} f_${domain} on f_${domain}.school_id = s.school_id and f_${domain}.student_id = s.id${
        schools === undefined ? '' : ` and f_${domain}.school_id = any(${schools})`
      }`,
  )
  const school = facts.has('urban') ? ['left join units u on u.id = s.school_id'] : []
  return [...school, ...tables].join('\n  ')
}

function whole(number: number): string {
  if (!Number.isSafeInteger(number)) throw new Error(`not a rule number: ${number}`)
  return String(number)
}
