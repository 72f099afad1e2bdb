import { eventKind } from '#server/platform'

/** A student was paired with a mentor, or a pairing ended: duties and figures follow in the same transaction. */
export interface PairingChanged {
  readonly schoolId: string
  readonly schoolPath: string
  readonly studentId: string
  readonly pairingId: string
  readonly mentorId: string
  readonly change: 'began' | 'ended'
}

export const pairingChanged = eventKind<PairingChanged>('pairing.changed')
