import type { listDue as endpoint } from '#contract/duties'
import { type AnswerOf, notFound, packCursor, type QueryOf, unpackCursor } from '#contract/platform'
import { type Actor, type Services, type Statement, sql } from '#server/platform'
import {
  type AnsweringEvent,
  answerColumns,
  answersToEvents,
  eventAnswerRows,
  everywhere,
  latestTexts,
} from './answers.ts'
import type { Plans } from './duty-plan.ts'
import { dueWords, isAsked, isForStudent } from './events-sql.ts'
import { hasMentor, holderOf, nobodyHolds } from './vacancy.ts'

type Answer = AnswerOf<typeof endpoint>
type Student = Answer['students'][number]

interface Row extends Student {
  readonly at: string
  readonly eventId: string
}

// The first to be done stands first.
const statement = (
  answers: readonly AnsweringEvent[],
  by: string,
  actor: Actor,
  today: string,
  query: QueryOf<typeof endpoint>,
): Statement => {
  const [at, id] = query.after ? unpackCursor(query.after, 2) : [null, null]
  return {
    text: `with answer as (select * from jsonb_to_recordset($1::jsonb) as a(${answerColumns})),
      asked as (
        select distinct e.school_id, e.student_id, e.scope, e.event_id, e.happened_on, e.due_on, e.due_at,
          to_char(coalesce(e.due_at at time zone 'Asia/Shanghai', e.due_on + 1), 'YYYY-MM-DD HH24:MI:SS') as at
        from answer a join event_duties e on e.rule = a.rule and e.scope >= a.lo and e.scope < a.hi
        where ${isAsked('e', '$2::date')} and ${isForStudent('e', 'a.class')}
          and (not a.mine or ${hasMentor('e', '$2::date', '$3::uuid')})
          and (not a.mentorless or not ${hasMentor('e', '$2::date')})
          and ${nobodyHolds('a.vacant', 'e.scope', '$2::date')}),
      page as (select * from asked where $4::text is null or (at, event_id) > ($4::text, $5::uuid) order by at, event_id limit $6)
      select t.school_id as "schoolId", t.student_id as id, s.name, k.name as "className", u.name as "schoolName",
        ${holderOf(by, 't', '$2::date')} as "ownerName", t.happened_on as "lastOn",
        to_char(t.happened_on, 'FMMM"月"FMDD"日"发生,应在') || ${dueWords('t')} || '前' as asked, t.at, t.event_id as "eventId"
      from page t join students s on s.school_id = t.school_id and s.id = t.student_id
        join units k on k.id = s.class_id join units u on u.id = t.school_id
      order by t.at, t.event_id`,
    values: [eventAnswerRows(answers), today, actor.personId, at, id, query.limit + 1],
  }
}

/** Path of a unit that this person sees. Refuses not-found. */
export const pathOf = async (services: Services, actor: Actor, unitId: string): Promise<string> => {
  const [unit] = await services.door.readAsActor<{ path: string }>(
    actor,
    sql`select path from units where id = ${unitId}`,
  )
  if (!unit) throw notFound()
  return unit.path
}

/** What events made due by one rule and is not settled, the first to be done first; undefined for a rule of another kind. */
export const listEventsDue = async (
  services: Services,
  plans: Plans,
  actor: Actor,
  rule: number,
  query: QueryOf<typeof endpoint>,
): Promise<Answer | undefined> => {
  const today = services.today()
  const known = actor.posts
    .flatMap(({ unitPath }) => latestTexts(plans.planOf(unitPath, today)))
    .find((event) => event.rule === rule)
  if (!known) return undefined
  const answers =
    query.unit === undefined
      ? answersToEvents(plans, actor, today).filter(({ event }) => event.rule === rule)
      : [{ event: known, ...everywhere(await pathOf(services, actor, query.unit)) }]
  const rows = await services.door.readAsActor<Row>(actor, statement(answers, known.duty.by, actor, today, query))
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    title: known.duty.neutralTitle,
    recordKind: known.answer.kind,
    students: page.map(({ at: _at, eventId: _eventId, ...student }) => student),
    after: last ? packCursor([last.at, last.eventId]) : null,
  }
}
