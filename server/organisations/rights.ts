import type { Refusal } from '#contract/platform'
import type { HeldPost } from '#server/platform'

/**
 * Why the posts held don't allow an operation of this capability over a unit. Posts are known above this capability,
 * so whoever starts the program hands the question in.
 */
export type WhyNot = (
  operation: 'organisations.open-unit' | 'organisations.change-unit' | 'organisations.establish-body',
  heldPosts: readonly HeldPost[],
  unitPath: string,
) => Refusal | undefined

/** Refuses when `whyNot` gives a reason. */
export const insist = (refusal: Refusal | undefined): void => {
  if (refusal) throw refusal
}
