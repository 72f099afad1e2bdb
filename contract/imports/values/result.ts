/** What a normaliser answers: a value, nothing, or a reason in Chinese why the cell cannot be used. */
export type Normalised<T> = { readonly value: T } | { readonly fault: ValueFault } | undefined

export interface ValueFault {
  readonly code: FaultCode
  readonly reason: string
}

/** Codes of faults, for programs; people read the reason. */
export type FaultCode =
  | 'missing'
  | 'missing-id-number'
  | 'id-number.length'
  | 'id-number.date'
  | 'id-number.check-digit'
  | 'id-number.old'
  | 'id-number.other-certificate'
  | 'id-number.lost-digits'
  | 'date.impossible'
  | 'date.out-of-range'
  | 'date.unreadable'
  | 'date.month-only'
  | 'name.too-long'
  | 'name.characters'
  | 'text.too-long'
  | 'text.characters'
  | 'text.ditto'
  | 'number.unreadable'
  | 'number.out-of-range'
  | 'phone.unreadable'
  | 'code.unknown'
  | 'cell.formula'
  | 'cell.error'
  | 'cell.too-long'
  | 'sex.contradicts-id'
  | 'birth-date.contradicts-id'
  | 'duplicate.exact'
  | 'duplicate.other-name'
  | 'duplicate.same-person'

export const found = <T>(value: T): { readonly value: T } => ({ value })
export const fault = (code: FaultCode, reason: string): { readonly fault: ValueFault } => ({ fault: { code, reason } })
