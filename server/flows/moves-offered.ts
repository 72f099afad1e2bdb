import { type Flow, type Need, whyNotMove } from '#contract/flows'
import { fieldsAsked } from './fields-asked.ts'

/** A move offered to a person: theirs to make in this state, now or once what is missing stands. */
export interface Offered {
  readonly id: string
  readonly label: string
  readonly needsReason: boolean
  readonly follows: string | null
  readonly fields: ReturnType<typeof fieldsAsked>
  readonly whyNot: string | null
}

interface Asked {
  readonly state: string
  readonly roles: readonly string[]
  readonly met: readonly Need[]
  readonly late?: boolean
  /** The case names its student: what would find them is not asked. */
  readonly known?: boolean
}

/** The moves a person with these roles finds on the screen, by the same function that the server refuses by. */
export const movesOffered = (flow: Flow, { state, roles, met, late = false, known = false }: Asked): Offered[] =>
  flow.moves.flatMap((move) => {
    const attempt = { state, move: move.id, roles, reason: '理由', late }
    if (whyNotMove(flow, attempt)) return []
    return [
      {
        id: move.id,
        label: move.label,
        needsReason: move.needsReason,
        follows: move.follows ?? null,
        fields: fieldsAsked(move.fields?.filter(({ id }) => !known || !move.untilKnown?.includes(id))),
        whyNot: whyNotMove(flow, { ...attempt, met })?.sentence ?? null,
      },
    ]
  })
