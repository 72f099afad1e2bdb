import { eventKind } from '#server/platform'

/** A case moved: whoever tells people or counts follows in the same transaction. */
export interface CaseMoved {
  readonly schoolId: string
  readonly caseId: string
  readonly flow: string
  readonly studentId: string | null
  readonly scope: string
  readonly secrecy: number
  readonly move: string
  readonly from: string
  readonly to: string
  readonly actorId: string
  readonly applicantId: string
  /** Desks (path~post) that act next. */
  readonly desks: readonly string[]
  readonly excluded: readonly string[]
}

/** All cases that one act moved, told once. */
export const casesMoved = eventKind<{ readonly moves: readonly CaseMoved[] }>('cases.moved')
