import type { listCommunityPairs } from '#contract/care'
import type { AnswerOf } from '#contract/platform'

/** A cadre and a community, as listed. */
export type Pair = AnswerOf<typeof listCommunityPairs>['pairs'][number]
