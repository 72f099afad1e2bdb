import type { Normalised } from './result.ts'

/** A result as one comparable thing: the value, the fault's code, or undefined. For tests. */
export const outcome = <T>(result: Normalised<T>) =>
  result === undefined ? undefined : 'fault' in result ? result.fault.code : result.value
