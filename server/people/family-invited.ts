import { eventKind } from '#server/platform'

/** A family account was given a one-time code that shall be sent to the phone on file. */
export interface FamilyInvited {
  readonly personId: string
  readonly schoolId: string
  readonly studentId: string
  readonly invitedBy: string
  readonly loginName: string
  readonly code: string
}

export const familyInvited = eventKind<FamilyInvited>('family.invited')
