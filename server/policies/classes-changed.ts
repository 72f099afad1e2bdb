import type { PlainDate } from '#contract/platform'
import { eventKind } from '#server/platform'

/** All classes one student was in and is in now, by their numbers. */
export interface StudentMove {
  readonly schoolId: string
  readonly schoolPath: string
  readonly studentId: string
  /** Null: enrolled no more. */
  readonly stage: number | null
  readonly was: readonly number[]
  readonly is: readonly number[]
}

/** Classes of students of these schools were judged anew; duties and figures follow in the same transaction. */
export interface ClassesChanged {
  readonly schoolIds: readonly string[]
  /** Only these students, when given. */
  readonly studentIds: readonly string[] | null
  readonly on: PlainDate
  /** When few were judged: exactly whose classes are others now. Null: it was not noted. */
  readonly moved: readonly StudentMove[] | null
}
export const classesChanged = eventKind<ClassesChanged>('classes.changed')
