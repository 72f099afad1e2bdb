import { z } from 'zod'

/** A reason attached to one field of a form or one place in a file. */
export interface FieldReason {
  readonly field: string
  readonly reason: string
}

export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unavailable'

export const refusalStatus: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unavailable: 503,
}

/**
 * An expected no: a code owned by its capability (`home-visits.own-visit`), one Chinese sentence a person can act on,
 * and reasons per field where there are some. Faults are never refusals.
 */
export class Refusal extends Error {
  readonly code: string
  readonly sentence: string
  readonly kind: RefusalKind
  readonly fields: readonly FieldReason[]

  constructor(code: string, sentence: string, kind: RefusalKind = 'conflict', fields: readonly FieldReason[] = []) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.sentence = sentence
    this.kind = kind
    this.fields = fields
  }
}

/** Not found and not yours are the same answer, so that no one learns which it was. */
export const notFound = (): Refusal =>
  new Refusal('platform.not-found', '没有找到,或者不在您的工作范围内。', 'not-found')

export const forbidden = (code: string, sentence: string): Refusal => new Refusal(code, sentence, 'forbidden')

/** What every endpoint answers besides its own answer. */
export const refusalAnswer = z.object({
  refusal: z.object({
    code: z.string(),
    sentence: z.string(),
    fields: z.array(z.object({ field: z.string(), reason: z.string() })),
  }),
})
export type RefusalAnswer = z.infer<typeof refusalAnswer>

/** An unexpected failure, known to the person only by a number that stands in the log. */
export const faultAnswer = z.object({ fault: z.object({ number: z.string(), sentence: z.string() }) })
export type FaultAnswer = z.infer<typeof faultAnswer>
