import { unspokenWords } from '#contract/policies'
import type { Registry } from '#server/policies'

/** Procedures as they are called inside and before others. */
interface Named {
  readonly label: string
  readonly neutralLabel: string
  readonly publication: 'announced' | 'never'
}

/**
 * Words that stand in no text, file name or address that leaves the program: the unspoken words of every pack, and what
 * procedures that are never published are called inside. [C24 G3]
 */
export const wordsWithheld = (registry: Registry, flows: readonly Named[]): readonly string[] => [
  ...new Set([
    ...registry.packs.flatMap((pack) => unspokenWords({ guards: pack.rules.filter((rule) => rule.kind === 'guard') })),
    ...flows.flatMap(({ label, neutralLabel, publication }) =>
      publication === 'never' && label !== neutralLabel ? [label] : [],
    ),
  ]),
]
