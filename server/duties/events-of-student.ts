import { eventState } from '#contract/duties'
import type { AnswerOf, PlainDate } from '#contract/platform'
import type { getStudent } from '#contract/students'
import { type Actor, raw, type Services, sql } from '#server/platform'
import { latestTexts } from './answers.ts'
import type { Plan } from './duty-plan.ts'
import { dueWords, isForStudent, isPast } from './events-sql.ts'
import type { PlannedEvent } from './plan-events.ts'
import { withinWords } from './within-words.ts'

type DutyLine = AnswerOf<typeof getStudent>['duties'][number]

/** One thing that happened and what it made due. */
export interface EventLine extends Omit<DutyLine, 'post' | 'ownerName'> {
  readonly planned: PlannedEvent
}

interface Row {
  readonly rule: number
  readonly happenedOn: PlainDate
  readonly eventId: string
  readonly dueOn: PlainDate
  readonly words: string
  readonly past: boolean
  readonly done: number
  readonly settledOn: PlainDate | null
  readonly settledBy: string | null
}

// Settled ones stay in sight for a while; missed ones for the year they are followed.
const shownDays = 30

/** What events made due for one student as of a day, newest first, by the rules of the day it happened on. */
export const eventsOfStudent = async (
  services: Services,
  plan: Plan,
  actor: Actor,
  { schoolId, studentId }: { readonly schoolId: string; readonly studentId: string },
): Promise<readonly EventLine[]> => {
  const { today } = plan
  const texts = latestTexts(plan)
  if (texts.length === 0) return []
  const classes = JSON.stringify(texts.map(({ rule, classRule }) => ({ rule, class: classRule })))
  const rows = await services.door.readAsActor<Row>(
    actor,
    sql`select e.rule, e.happened_on as "happenedOn", e.event_id as "eventId", e.due_on as "dueOn", ${raw(dueWords('e'))} as words,
        ${raw(isPast('e', 't.today'))} as past, least(e.done, 32000) as done, e.settled_on as "settledOn", e.settled_by as "settledBy"
      from (select ${today}::date as today) t cross join jsonb_to_recordset(${classes}::jsonb) as c(rule int, class int)
        join event_duties e on e.rule = c.rule
      where e.school_id = ${schoolId} and e.student_id = ${studentId} and e.happened_on <= t.today
        and (e.settled_on is null or e.settled_on >= t.today - ${shownDays}::int) and ${raw(isForStudent('e', 'c.class'))}
      order by e.happened_on desc, e.rule`,
  )
  return rows.flatMap((row): EventLine[] => {
    const planned =
      plan.events.find(
        ({ rule, from, until }) => rule === row.rule && from <= row.happenedOn && row.happenedOn <= until,
      ) ?? texts.find(({ rule }) => rule === row.rule)
    if (!planned) return []
    const { duty, atLeast } = planned
    const settledOn = row.settledOn !== null && row.settledOn <= today ? row.settledOn : null
    return [
      {
        rule: row.rule,
        title: duty.neutralTitle,
        periodLabel: `${dayWords(row.happenedOn)}${withinWords(planned)}${planned.per.hours ? `,应在${row.words}前` : ''}`,
        dueOn: row.dueOn,
        state: eventState({ settled: settledOn !== null, past: row.past, dueOn: row.dueOn }, today),
        done: Math.min(row.done, atLeast),
        need: atLeast,
        recordKind: planned.answer.kind,
        cite: duty.cite.map(({ at }) => at).join(';'),
        event: {
          recordId: row.eventId,
          on: row.happenedOn,
          settledBy: settledOn === null ? null : row.settledBy,
          settledOn,
          late: settledOn !== null && settledOn > row.dueOn,
        },
        planned,
      },
    ]
  })
}

const dayWords = (date: PlainDate): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`
