import { whyNotPermittedAnywhere } from '#contract/people'
import type { AnswerOf, PlainDate, QueryOf } from '#contract/platform'
import type { listMine as endpoint } from '#contract/records'
import type { Actor, Services, Statement } from '#server/platform'
import type { Registry } from '#server/policies'
import { waitsSince } from './awaiting-review.ts'
import { type LineRow, lineColumns, lineJoins, pageOf, pageStart, showLine } from './record-lines.ts'

type State = AnswerOf<typeof endpoint>['records'][number]['state']

interface Row extends LineRow {
  readonly reviewed: boolean
  readonly withdrawn: boolean
}

const statement = (kinds: readonly number[], actor: Actor, query: QueryOf<typeof endpoint>): Statement => ({
  text: `select ${lineColumns}, r.reviewed_at is not null as reviewed, r.withdrawn_at is not null as withdrawn
    from records r ${lineJoins}
    where r.author_id = $1::uuid and r.kind = any($2::smallint[]) and r.superseded_by is null and r.purged_at is null
      and ($3::date is null or (r.act_date, r.id) < ($3::date, $4::uuid))
    order by r.act_date desc, r.id desc limit $5`,
  values: [actor.personId, kinds, ...pageStart(query.after), query.limit + 1],
})

// A kind keeps its id in every pack that has it, and each pack gives it a number.
const numbersOf = (registry: Registry, kindId: string): number[] => [
  ...new Set(
    registry.packs.flatMap(({ rules }) =>
      rules.flatMap((rule) => (rule.kind === 'record' && rule.id === kindId ? [rule.number] : [])),
    ),
  ),
]

const stateOf = ({ reviewed, withdrawn, actDate }: Row, needsReview: boolean, today: PlainDate): State => {
  if (withdrawn) return 'withdrawn'
  if (reviewed) return 'reviewed'
  return needsReview && actDate >= waitsSince(today) ? 'waiting' : null
}

/**
 * The records of one kind that this person wrote, newest first, with how far they are; what was corrected is absent, its
 * correction is there. A student no longer in their care is not named. [T6 C9]
 * Refuses `people.not-permitted` where no post records, `platform.cursor`.
 */
export const listMine = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  query: QueryOf<typeof endpoint>,
): Promise<AnswerOf<typeof endpoint>> => {
  const refusal = whyNotPermittedAnywhere('records.add-record', actor.posts)
  if (refusal) throw refusal
  const today = services.today()
  const kinds = numbersOf(registry, query.kind)
  const rows = await services.door.readAsActor<Row>(actor, statement(kinds, actor, query))
  const { page, after } = pageOf(rows, query.limit)
  return {
    records: page.map((row) => {
      const { line, needsReview } = showLine(registry, today, row)
      return { ...line, state: stateOf(row, needsReview, today) }
    }),
    after,
  }
}
