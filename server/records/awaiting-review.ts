import { isAtOrBelow, rangeOf } from '#contract/organisations'
import { permissions } from '#contract/people'
import { addDays, type PlainDate } from '#contract/platform'
import type { Actor } from '#server/platform'
import type { Registry } from '#server/policies'

// What nobody looked at for a year is no longer waiting; it keeps standing as not reviewed. 平台口径
const waitsFor = 366

/** The first day whose records still wait to be reviewed. */
export const waitsSince = (today: PlainDate): PlainDate => addDays(today, -waitsFor)

/** Where a person reviews: stretches of the tree with the kinds that ask for review there, and since when. */
export interface AwaitingReview {
  /** JSON for `awaitingReviewFrom`; stretches do not overlap, so no record comes twice. */
  readonly places: string
  readonly since: PlainDate
}

/** Where this person reviews records, by the posts that may. [C9 C12] */
export const awaitingReview = (registry: Registry, actor: Pick<Actor, 'posts'>, today: PlainDate): AwaitingReview => {
  const allowed: readonly string[] = permissions['records.review-record']
  const paths = [...new Set(actor.posts.filter(({ post }) => allowed.includes(post)).map(({ unitPath }) => unitPath))]
  const places = paths
    .filter((path) => !paths.some((other) => other !== path && isAtOrBelow(path, other)))
    .map((path) => ({
      ...rangeOf(path),
      kinds: registry
        .inForce(path, today)
        .rules.records.filter(({ needsReview }) => needsReview)
        .map(({ number }) => number),
    }))
  return { places: JSON.stringify(places), since: waitsSince(today) }
}

/** The records `r` that wait for the review of this person: the desk counts and the list names the same ones. */
export const awaitingReviewFrom = (places: string, since: string, person: string): string =>
  `from jsonb_to_recordset(${places}) as place(lo text, hi text, kinds smallint[])
    join records r on r.scope >= place.lo and r.scope < place.hi and r.kind = any(place.kinds)
      and r.act_date >= ${since} and r.author_id <> ${person} and r.reviewed_at is null
      and r.superseded_by is null and r.withdrawn_at is null and r.purged_at is null`
