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

/** A guardian's account was joined to a child: what was kept from the contact is kept from the account. */
export interface FamilyLinked {
  readonly schoolId: string
  readonly studentId: string
  readonly contactId: string
  readonly personId: string
}

export const familyLinked = eventKind<FamilyLinked>('family.linked')
export const familyInvited = eventKind<FamilyInvited>('family.invited')
