import type { PlainDate } from '#contract/platform'
import { eventKind } from '#server/platform'

/** A unit moved, merged or closed: posts, rights and figures that hang on its path follow in the same transaction. */
export interface UnitChanged {
  readonly change: 'moved' | 'merged' | 'closed'
  readonly unitId: string
  readonly fromPath: string
  /** Where its rows stand now. */
  readonly toPath: string
  /** For a merger: what it went into. */
  readonly intoUnitId: string | null
  readonly intoPath: string | null
  /** Schools whose students' rows were written anew. */
  readonly schoolIds: readonly string[]
  readonly on: PlainDate
}

export const unitChanged = eventKind<UnitChanged>('unit.changed')
