/** A post in force: what a person is, where, and which secrecy domains it opens there. */
export interface HeldPost {
  readonly post: string
  readonly unitId: string
  readonly unitPath: string
  readonly unitName: string
  readonly sees: readonly number[]
  /** The person whose post this is, while it is delegated. */
  readonly onBehalfOf?: { readonly id: string; readonly name: string }
}

/** A signed-in person with what row policies need to know, as last read; every transaction checks that it still holds. */
export interface Actor {
  readonly personId: string
  readonly name: string
  readonly sessionHash: string
  readonly version: number
  /** Values of app.* settings, without the prefix. */
  readonly settings: Readonly<Record<string, string>>
  readonly posts: readonly HeldPost[]
  /** Signed in with a one-time password: nothing is answered before it is changed. */
  readonly mustChange?: boolean
}
