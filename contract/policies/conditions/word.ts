import type { z } from 'zod'
import type { Answer, Condition, ConditionKind, ConditionOf, FactRef, FactValue } from '../condition.ts'

/** Names for sentences: how a class or a record kind is called in Chinese. */
export interface Names {
  readonly ofClass: (ref: string) => string
  readonly ofRecord: (id: string) => string
}

/** What a word needs to turn the written form into a condition. A problem said is a pack refused. */
export interface Reading {
  readonly say: (sentence: string, path?: readonly (string | number)[]) => void
  /** Full name and standing of a class as written (`left-behind` or `national/left-behind`). */
  readonly findClass: (written: string) => string | undefined
  readonly findRecord: (written: string) => { id: string; number: number } | undefined
  readonly child: (written: unknown, path: readonly (string | number)[]) => Condition | undefined
}

/** One word of the closed vocabulary: its written shape, how it is read and how it is said. */
export interface Word<K extends ConditionKind> {
  readonly key: K
  readonly shape: (child: z.ZodType) => z.ZodType
  readonly read: (written: never, reading: Reading) => ConditionOf<K> | undefined
  readonly describe: (condition: ConditionOf<K>, names: Names, child: (inner: Condition) => string) => string
}

/** A word about one fact; its value is unknown when absent. */
export interface FactWord<K extends ConditionKind> extends Word<K> {
  readonly evaluate: (condition: ConditionOf<K>, value: FactValue | undefined) => Answer
}

/** A word about other conditions: joins their answers. */
export interface JoiningWord<K extends ConditionKind> extends Word<K> {
  readonly join: (condition: ConditionOf<K>, answers: readonly Answer[]) => Answer
}

export const answerOf = (holds: boolean): Answer => (holds ? 'met' : 'not met')

/** A word that is short for others over yes-no facts. */
export const eachIsYes = (facts: readonly FactRef[]): readonly ConditionOf<'is'>[] =>
  facts.map((fact) => ({ kind: 'is', fact, value: true }))
