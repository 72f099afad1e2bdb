import { whyNotPermittedAnywhere } from '#contract/people'
import type { AnswerOf, QueryOf } from '#contract/platform'
import type { listToReview as endpoint } from '#contract/records'
import type { Actor, Services, Statement } from '#server/platform'
import type { Registry } from '#server/policies'
import { type AwaitingReview, awaitingReview, awaitingReviewFrom } from './awaiting-review.ts'
import { type LineRow, lineColumns, lineJoins, pageOf, pageStart, showLine } from './record-lines.ts'

const statement = (waiting: AwaitingReview, actor: Actor, query: QueryOf<typeof endpoint>): Statement => ({
  text: `select ${lineColumns} ${awaitingReviewFrom('$1::jsonb', '$2::date', '$3::uuid')}
    ${lineJoins}
    where $4::date is null or (r.act_date, r.id) < ($4::date, $5::uuid)
    order by r.act_date desc, r.id desc limit $6`,
  values: [waiting.places, waiting.since, actor.personId, ...pageStart(query.after), query.limit + 1],
})

/**
 * The records that wait for this person's review, newest first: of others, standing, of kinds that ask for review, where
 * one of their posts reviews and within the secrecy open to them. Nothing of their content. [C9 C12]
 * Refuses `people.not-permitted` where no post reviews, `platform.cursor`.
 */
export const listToReview = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  query: QueryOf<typeof endpoint>,
): Promise<AnswerOf<typeof endpoint>> => {
  const refusal = whyNotPermittedAnywhere('records.review-record', actor.posts)
  if (refusal) throw refusal
  const today = services.today()
  const waiting = awaitingReview(registry, actor, today)
  const rows = await services.door.readAsActor<LineRow>(actor, statement(waiting, actor, query))
  const { page, after } = pageOf(rows, query.limit)
  return { records: page.map((row) => showLine(registry, today, row).line), after }
}
