import { addDays, type PlainDate } from '#contract/platform'
import { type DutyPeriod, type DutyRule, dueAfter } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import type { Registry } from '#server/policies'
import { type Feed, recordFeed } from './feed.ts'

type AfterEvent = Extract<DutyPeriod, { kind: 'after' }>

/** A duty that events make due, over the days of events that this text of the rule judges. */
export interface PlannedEvent {
  readonly rule: number
  readonly duty: DutyRule
  readonly per: AfterEvent
  readonly from: PlainDate
  readonly until: PlainDate
  readonly classRule: number
  /** Of the records that make it due: what is due tells what they say. */
  readonly secrecy: number
  readonly atLeast: number
  /** Records that make it due. */
  readonly event: Feed
  /** Records that settle it. */
  readonly answer: Feed
}

/** How long events are followed: a school year with its days of grace. */
export const followedDays = 400

const eventsOn = (registry: Pick<Registry, 'inForce'>, path: string, from: PlainDate, until: PlainDate) => {
  const inForce = registry.inForce(path, from)
  return inForce.rules.duties.flatMap((duty): PlannedEvent[] => {
    const { per, does } = duty
    if (per.kind !== 'after' || does.kind !== 'record') return []
    const made = inForce.rules.records.find(({ id }) => id === per.event)
    if (!made) return []
    return [
      {
        rule: inForce.dutyNumber(duty.ref),
        duty,
        per,
        from,
        until,
        classRule: inForce.classNumber(duty.for),
        secrecy: secrecyDomains[made.domain].code,
        atLeast: duty.atLeast,
        event: recordFeed({ number: made.number, where: per.where }),
        answer: recordFeed(does),
      },
    ]
  })
}

/** The duties that events of the last school year make due at a school: an event is judged by the rules of its day. */
export const planEvents = (
  registry: Pick<Registry, 'inForce' | 'turns'>,
  schoolPath: string,
  first: PlainDate,
  today: PlainDate,
): readonly PlannedEvent[] => {
  const starts = [first, ...registry.turns(schoolPath, first, today)]
  const spans = starts.flatMap((from, index) => {
    const next = starts[index + 1]
    return eventsOn(registry, schoolPath, from, next === undefined ? today : addDays(next, -1))
  })
  // A rule whose text goes on is one span.
  const joined: PlannedEvent[] = []
  for (const span of spans) {
    const at = joined.findIndex(({ duty, until }) => duty === span.duty && addDays(until, 1) === span.from)
    if (at === -1) joined.push(span)
    else joined[at] = { ...span, from: joined[at]?.from ?? span.from }
  }
  return joined
}

/** The last day on which what an event of that day makes due is on time. */
export const dueOnOf = ({ per }: PlannedEvent, on: PlainDate, isWorkingDay: (date: PlainDate) => boolean): PlainDate =>
  dueAfter(on, per, isWorkingDay)
