import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * One endpoint, declared once: the server serves it, the web calls it, the API page shows it.
 * `answer: 'file'` is a download, `body: 'upload'` a streamed file; everything else is JSON.
 * `cites` names the requirements it serves. `open` endpoints need no signed-in person.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType | 'upload' | undefined = z.ZodType | 'upload' | undefined,
  Answer extends z.ZodType | 'file' = z.ZodType | 'file',
> {
  readonly name: string
  readonly method: Method
  readonly path: `/api/${string}`
  readonly summary: string
  readonly cites?: readonly string[]
  readonly open?: boolean
  /** Answers also who signed in with a one-time password and must change it before anything else. */
  readonly whileMustChange?: boolean
  /** Answers families too. All others are for staff: a guardian or student is refused before anything is read. */
  readonly forFamilies?: boolean
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
}

/** Declares an endpoint and keeps its types. */
export const endpoint = <
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType | 'upload' | undefined,
  A extends z.ZodType | 'file',
>(
  declaration: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> => declaration

export type ParamsOf<E> =
  E extends Endpoint<infer P, z.ZodType, Endpoint['body'], Endpoint['answer']> ? z.output<P> : never
export type QueryOf<E> =
  E extends Endpoint<z.ZodType, infer Q, Endpoint['body'], Endpoint['answer']> ? z.output<Q> : never
export type BodyOf<E> =
  E extends Endpoint<z.ZodType, z.ZodType, infer B, Endpoint['answer']>
    ? B extends z.ZodType
      ? z.output<B>
      : undefined
    : never
export type BodyInputOf<E> =
  E extends Endpoint<z.ZodType, z.ZodType, infer B, Endpoint['answer']>
    ? B extends z.ZodType
      ? z.input<B>
      : undefined
    : never
export type AnswerOf<E> =
  E extends Endpoint<z.ZodType, z.ZodType, Endpoint['body'], infer A>
    ? A extends z.ZodType
      ? z.output<A>
      : undefined
    : never
