import { whyNotLeave } from '#contract/guards'
import { postsOver } from '#contract/people'
import type { Refusal } from '#contract/platform'
import type { OutwardDoor } from '#contract/policies'
import type { Actor } from '#server/platform'
import type { Registry } from '#server/policies'

/** Why somebody may not ask by this door who is in a class, told by its number; undefined when they may. */
export type WhyNotNamed = (actor: Actor, classNumber: number, door: OutwardDoor) => Refusal | undefined

/**
 * Asks it of the packs in force wherever the person holds a post: one place that lets them is enough, the rows they find
 * are those of their sight in any case. The same answer whoever is in the class, and where nobody is. [G3]
 */
export const whyNotNamed =
  (registry: Registry, today: () => string): WhyNotNamed =>
  (actor, classNumber, door) => {
    const asked = [...new Set(actor.posts.map(({ unitPath }) => unitPath))].flatMap((path) => {
      const inForce = registry.inForce(path, today())
      const rule = inForce.classByNumber(classNumber)
      if (!rule) return []
      return [whyNotLeave(inForce.rules, { list: rule.id, door, posts: postsOver(actor.posts, path) })]
    })
    return asked.some((refusal) => refusal === undefined) ? undefined : asked[0]
  }
