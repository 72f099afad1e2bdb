import type { FieldReason } from '#contract/platform'

/** An expected no from the server: what stands in the way, in a sentence a person can act on. */
export interface RefusalError extends Error {
  readonly name: 'RefusalError'
  readonly code: string
  readonly sentence: string
  readonly fields: readonly FieldReason[]
  readonly status: number
}

/** An unexpected failure. `number` stands in the server's log; it is empty when the server was not reached at all. */
export interface FaultError extends Error {
  readonly name: 'FaultError'
  readonly number: string
  readonly sentence: string
  readonly unreachable: boolean
}

export const refusalError = (
  code: string,
  sentence: string,
  status: number,
  fields: readonly FieldReason[] = [],
): RefusalError => Object.assign(new Error(sentence), { name: 'RefusalError' as const, code, sentence, fields, status })

export const faultError = (number: string, sentence: string): FaultError =>
  Object.assign(new Error(sentence), { name: 'FaultError' as const, number, sentence, unreachable: false })

/** The request never arrived, or its answer never came back. What was typed is still with the person. */
export const unreachableError = (): FaultError =>
  Object.assign(new Error('unreachable'), {
    name: 'FaultError' as const,
    number: '',
    sentence: '网络没有连上,服务器没有应答。',
    unreachable: true,
  })

export const isRefusal = (error: unknown): error is RefusalError =>
  error instanceof Error && error.name === 'RefusalError'

export const isFault = (error: unknown): error is FaultError => error instanceof Error && error.name === 'FaultError'

export const isUnreachable = (error: unknown): boolean => isFault(error) && error.unreachable

// A sentence that already names its number is not given it twice.
const tellsNumber = ({ number, sentence }: FaultError): boolean => sentence.includes(number)

/** The sentence to show for whatever was thrown. */
export const sentenceOf = (error: unknown): string => {
  if (isRefusal(error)) return error.sentence
  if (isFault(error)) return tellsNumber(error) ? error.sentence : `${error.sentence}(编号 ${error.number})`
  return '页面出了意外,请刷新后再试。'
}

/** The reason given for one field of a form, if the server gave one. */
export const reasonFor = (error: unknown, field: string): string | undefined =>
  isRefusal(error) ? error.fields.find((reason) => reason.field === field)?.reason : undefined
