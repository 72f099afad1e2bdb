import type { PlainDate } from '#contract/platform'
import type { NextDue, NextDues } from '#server/mentoring'
import type { Services, Statement } from '#server/platform'
import {
  type Answering,
  type AnsweringEvent,
  answerColumns,
  answerRows,
  answersOf,
  answersToEvents,
  dueOn,
  eventAnswerRows,
  runs,
} from './answers.ts'
import type { Plans } from './duty-plan.ts'
import { isAsked, isForStudent } from './events-sql.ts'
import { hasMentor, nobodyHolds } from './vacancy.ts'

const statement = (
  answers: readonly Answering[],
  ids: readonly string[],
  actorId: string,
  today: PlainDate,
): Statement => ({
  text: `with answer as (select * from jsonb_to_recordset($1::jsonb) as a(${answerColumns}))
    select distinct c.student_id as id, a.i
    from answer a
      join class_spells c on c.rule = a.class and c.until is null and c.scope >= a.lo and c.scope < a.hi
        and c.student_id = any($4::uuid[])
      left join duty_progress p on p.school_id = c.school_id and p.student_id = c.student_id and p.rule = a.rule and p.period = a.period
    where not coalesce(p.met, false)
      and (not a.mine or ${hasMentor('c', '$2::date', '$3::uuid')})
      and (not a.mentorless or not ${hasMentor('c', '$2::date')})
      and ${nobodyHolds('a.vacant', 'c.scope', '$2::date')}`,
  values: [answerRows(answers), today, actorId, ids],
})

const eventsStatement = (
  answers: readonly AnsweringEvent[],
  ids: readonly string[],
  actorId: string,
  today: PlainDate,
): Statement => ({
  text: `with answer as (select * from jsonb_to_recordset($1::jsonb) as a(${answerColumns}))
    select e.student_id as id, a.i, min(e.due_on) as due
    from answer a
      join event_duties e on e.rule = a.rule and e.scope >= a.lo and e.scope < a.hi and e.student_id = any($4::uuid[])
    where ${isAsked('e', '$2::date')} and ${isForStudent('e', 'a.class')}
      and (not a.mine or ${hasMentor('e', '$2::date', '$3::uuid')})
      and (not a.mentorless or not ${hasMentor('e', '$2::date')})
      and ${nobodyHolds('a.vacant', 'e.scope', '$2::date')}
    group by e.student_id, a.i`,
  values: [eventAnswerRows(answers), today, actorId, ids],
})

const sooner = (one: NextDue, other: NextDue | undefined): boolean => other === undefined || one.due < other.due

/** What is due next from a person for each of some students: the unmet duty whose last day comes first. [C16] */
export const nextDuesFrom =
  (services: Services, plans: Plans): NextDues =>
  async (actor, students) => {
    const today = services.today()
    const answers = answersOf(plans, actor, today).filter(
      ({ duty }) => runs(duty.period, today) && dueOn(duty) !== null,
    )
    const ids = students.map(({ id }) => id)
    const rows = await services.door.readAsActor<{ id: string; i: number }>(
      actor,
      statement(answers, ids, actor.personId, today),
    )
    const events = answersToEvents(plans, actor, today)
    const happened =
      events.length === 0
        ? []
        : await services.door.readAsActor<{ id: string; i: number; due: PlainDate }>(
            actor,
            eventsStatement(events, ids, actor.personId, today),
          )
    const found = new Map<string, NextDue>()
    for (const { id, i } of rows) {
      const duty = answers[i]?.duty
      const due = duty && dueOn(duty)
      if (!duty || !due) continue
      const next = { title: duty.duty.neutralTitle, due }
      if (sooner(next, found.get(id))) found.set(id, next)
    }
    for (const { id, i, due } of happened) {
      const title = events[i]?.event.duty.neutralTitle
      if (title && sooner({ title, due }, found.get(id))) found.set(id, { title, due })
    }
    return found
  }
