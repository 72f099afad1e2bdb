import type { ClassLookup, Condition, FactRef } from '#contract/policies'

/** What a condition needs to become SQL. */
export interface SqlContext {
  /** SQL expression of the day asked about, of type date: `$2::date`. */
  readonly date: string
  readonly classes: ClassLookup
  /** Compiles an inner condition; `member_of` counts how deep it stands. */
  readonly child: (condition: Condition) => string
  /** The class being inlined from inside, so that a circle ends. */
  readonly inside: readonly string[]
  readonly enter: (ref: string, condition: Condition) => string
  /** Told of every fact read, so that only tables in use are joined. */
  readonly reads: (fact: FactRef) => void
}

/** One word of the vocabulary in SQL: a boolean expression whose NULL is "unknown". */
export type ToSql<C extends Condition> = (condition: C, context: SqlContext) => string
