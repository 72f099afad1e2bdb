import { forbidden, type Refusal } from '#contract/platform'
import { doors, mayLeave, type OutwardDoor, type RulesInForce } from '#contract/policies'

/** What somebody wants to take out, by which door, holding which posts there; nobody in particular has none. */
export interface Leaving {
  /** A class by its id, a guarded list, or a procedure. */
  readonly list: string
  readonly door: OutwardDoor
  readonly posts?: readonly string[]
  /** The table of the procedure itself says `publication: 'never'`. */
  readonly neverPublished?: boolean
}

/** Doors by which a procedure that is never published leaves to nobody, whatever packs say. [G3] */
const shut: readonly OutwardDoor[] = ['announcement', 'message', 'webhook', 'export', 'print', 'file-name', 'log']

/**
 * Why something may not leave by a door, or undefined when it may: the one question asked at every door. The code names
 * the door, so that the attempt on file says which it was. Refuses `guards.withheld-at-<door>`. [G3 C13 C24]
 */
export const whyNotLeave = (
  rules: Pick<RulesInForce, 'guards'>,
  { list, door, posts = [], neverPublished = false }: Leaving,
): Refusal | undefined => {
  const withheld = (neverPublished && shut.includes(door)) || !mayLeave(rules, list, door, posts)
  return withheld
    ? forbidden(`guards.withheld-at-${door}`, `按规定不得公布,不能经${doors[door]}提供;这次操作已记录。`)
    : undefined
}
