import type { Db } from '#server/platform'

/** How far a post sees: over its own paired students, its class, its school, its unit, or nobody. */
export type Reach = 'own-students' | 'class' | 'school' | 'unit' | 'none'

/** What holders of a post see and over whom. `domains` are codes of secrecy domains. */
export interface Sight {
  readonly domains: readonly number[]
  readonly over: Reach
}

export const seesNothing: Sight = { domains: [], over: 'none' }

/**
 * What the packs in force at a unit let a post see. Packs are read above this capability, so whoever starts the
 * program hands the reader in; tests hand in a table.
 */
export type SeesOf = (post: string, unitPath: string, db: Db) => Sight | Promise<Sight>
