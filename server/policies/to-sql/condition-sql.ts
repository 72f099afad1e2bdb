import type { ClassLookup, Condition, FactRef } from '#contract/policies'
import { allToSql } from './all.ts'
import { anyToSql } from './any.ts'
import { atLeastToSql } from './at-least.ts'
import { atLeastNOfToSql } from './at-least-n-of.ts'
import { atMostToSql } from './at-most.ts'
import { betweenToSql } from './between.ts'
import type { SqlContext, ToSql } from './context.ts'
import { doneWithinToSql } from './done-within.ts'
import { hasAllToSql } from './has-all.ts'
import { hasAnyToSql } from './has-any.ts'
import { inToSql } from './in.ts'
import { isToSql } from './is.ts'
import { knownToSql } from './known.ts'
import { memberOfToSql } from './member-of.ts'
import { noneToSql } from './none.ts'

const words = {
  is: isToSql,
  in: inToSql,
  at_least: atLeastToSql,
  at_most: atMostToSql,
  between: betweenToSql,
  known: knownToSql,
  has_any: hasAnyToSql,
  has_all: hasAllToSql,
  member_of: memberOfToSql,
  done_within: doneWithinToSql,
  all: allToSql,
  any: anyToSql,
  none: noneToSql,
  at_least_n_of: atLeastNOfToSql,
} as const satisfies Record<Condition['kind'], unknown>

/** A condition as one SQL boolean: true met, false not met, NULL unknown. */
export interface ConditionSql {
  readonly text: string
  /** Facts the text reads: which tables must be joined. */
  readonly facts: ReadonlySet<FactRef>
}

/**
 * Compiles a condition for many students at once. `date` is the SQL expression of the day (`$2::date`); no value of a
 * pack reaches the text but whole numbers, true, false and plain dates. Agrees with `evaluate` by property test.
 */
export function toSql(condition: Condition, options: { date: string; classes: ClassLookup }): ConditionSql {
  const facts = new Set<FactRef>()
  const compile = (inner: Condition, inside: readonly string[]): string => {
    const context: SqlContext = {
      ...options,
      inside,
      child: (child) => compile(child, inside),
      enter: (ref, child) => compile(child, [...inside, ref]),
      reads: (fact) => facts.add(fact),
    }
    const word = words[inner.kind] as ToSql<Condition>
    return word(inner, context)
  }
  const text = compile(condition, [])
  return { text, facts }
}
