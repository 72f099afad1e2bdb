import type { Readable } from 'node:stream'
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '#contract/platform'
import type { Actor } from '../actor.ts'

/** JSON built inside the database, passed through untouched: text, or the bytes as they came. */
export interface RawJson {
  readonly rawJson: string | Buffer
}

/** A download. The file name must hold no word that labels a child. */
export interface FileAnswer {
  readonly fileName: string
  readonly mediaType: string
  readonly content: Readable | Buffer
  /** Shown in the browser instead of saved (photos, PDF). */
  readonly inline?: boolean
}

/** A cookie to set or clear beside the answer (sign-in only). */
export interface SessionAnswer<T> {
  readonly answer: T
  readonly session: { readonly token: string; readonly maxAgeSeconds: number } | null
}

export interface Input<E> {
  readonly params: ParamsOf<E>
  readonly query: QueryOf<E>
  readonly body: BodyOf<E>
  /** The signed-in person; on an open endpoint a person nobody is. */
  readonly actor: Actor
  /** Where the request came from, as a digest that holds for this run of the program only; for bounding open endpoints. */
  readonly caller: string
  /** The bytes of an upload, as they arrive. */
  readonly upload: Readable
}

type Plain<E extends Endpoint> = E['answer'] extends 'file'
  ? FileAnswer
  : AnswerOf<E> | RawJson | SessionAnswer<AnswerOf<E>>

/** An endpoint together with what happens when it is called. */
export interface Served {
  readonly endpoint: Endpoint
  readonly handle: (input: Input<Endpoint>) => Promise<unknown>
}

/** Joins a declared endpoint to its operation, with the types of the declaration. */
export const serve = <E extends Endpoint>(endpoint: E, handle: (input: Input<E>) => Promise<Plain<E>>): Served => ({
  endpoint,
  handle: handle as unknown as Served['handle'],
})
