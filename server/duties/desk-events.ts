import { type getDesk as endpoint, eventState } from '#contract/duties'
import type { AnswerOf, PlainDate } from '#contract/platform'
import type { Actor, Services, Statement } from '#server/platform'
import { type AnsweringEvent, answerColumns, answersToEvents, eventAnswerRows } from './answers.ts'
import type { Plans } from './duty-plan.ts'
import { dueWords, isAsked, isForStudent, isPast } from './events-sql.ts'
import { hasMentor, nobodyHolds } from './vacancy.ts'
import { withinWords } from './within-words.ts'

type Group = AnswerOf<typeof endpoint>['groups'][number]

interface Row {
  readonly i: number
  readonly many: number
  readonly dueOn: PlainDate
  readonly words: string
  readonly past: boolean
}

const statement = (answers: readonly AnsweringEvent[], actor: Actor, today: PlainDate): Statement => ({
  text: `with answer as (select * from jsonb_to_recordset($1::jsonb) as a(${answerColumns})),
    asked as (
      select a.i, e.due_on, ${dueWords('e')} as words, ${isPast('e', '$2::date')} as past, coalesce(e.due_at, e.due_on + 1) as at
      from answer a join event_duties e on e.rule = a.rule and e.scope >= a.lo and e.scope < a.hi
      where ${isAsked('e', '$2::date')} and ${isForStudent('e', 'a.class')}
        and (not a.mine or ${hasMentor('e', '$2::date', '$3::uuid')})
        and (not a.mentorless or not ${hasMentor('e', '$2::date')})
        and ${nobodyHolds('a.vacant', 'e.scope', '$2::date')})
    select distinct on (i) i, due_on as "dueOn", words, past, count(*) over (partition by i)::int as many
    from asked order by i, at`,
  values: [eventAnswerRows(answers), today, actor.personId],
})

/** What events made due from a person and is not settled: each rule with how many, and by when the first. [G14 G16] */
export const eventGroups = async (
  services: Services,
  plans: Plans,
  actor: Actor,
  today: PlainDate,
): Promise<readonly Group[]> => {
  const answers = answersToEvents(plans, actor, today)
  if (answers.length === 0) return []
  const rows = await services.door.readAsActor<Row>(actor, statement(answers, actor, today))
  return rows.flatMap(({ i, many, dueOn, words, past }): Group[] => {
    const answer = answers[i]
    const state = eventState({ settled: false, past, dueOn }, today)
    if (!answer || state === 'done' || state === 'missed') return []
    const { duty, rule } = answer.event
    return [
      {
        rule,
        title: duty.neutralTitle,
        periodLabel: `${withinWords(answer.event)},最早一件应在${words}前`,
        dueOn,
        state,
        need: many,
        done: 0,
        recordKind: answer.event.answer.kind,
        because: answer.because,
        vacant: answer.vacant.length > 0 || answer.mentorless,
      },
    ]
  })
}
