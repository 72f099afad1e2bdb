import { dutyState, type Period } from '#contract/duties'
import { rangeOf } from '#contract/organisations'
import { postLabel } from '#contract/people'
import type { PlainDate } from '#contract/platform'
import type { DutyRule } from '#contract/policies'
import type { Actor, HeldPost } from '#server/platform'
import type { Plan, PlannedDuty, Plans } from './duty-plan.ts'
import type { PlannedEvent } from './plan-events.ts'

/** A stretch of the tree over which somebody answers for a duty. */
interface Stretch {
  readonly lo: string
  readonly hi: string
  /** Only the students one is mentor of. */
  readonly mine: boolean
  /** Posts that must be vacant for the duty to have come here; empty for one's own. */
  readonly vacant: readonly string[]
  /** Passed up only where nobody is mentor. */
  readonly mentorless: boolean
  readonly because: string
}

/** One duty somebody answers for, over one stretch of the tree. */
export interface Answering extends Stretch {
  readonly duty: PlannedDuty
}

/** A duty that events make due, as somebody answers for it. */
export interface AnsweringEvent extends Stretch {
  readonly event: PlannedEvent
}

const mentor = 'mentor'

const placed = (held: HeldPost, vacant: readonly string[]): Stretch => {
  const { lo, hi } = rangeOf(held.unitPath)
  const names = vacant.map(postLabel).join('、')
  return {
    lo,
    hi,
    mine: vacant.length === 0 && held.post === mentor,
    vacant: vacant.filter((post) => post !== mentor),
    mentorless: vacant.includes(mentor),
    because: vacant.length === 0 ? `${held.unitName} ${postLabel(held.post)}` : `${held.unitName} ${names}无人负责`,
  }
}

/** Everything below a path, whoever answers for it. */
export const everywhere = (path: string): Stretch => ({
  ...rangeOf(path),
  mine: false,
  vacant: [],
  mentorless: false,
  because: '',
})

const answersAs = (held: HeldPost, { by, fallback }: DutyRule): Stretch | undefined => {
  if (by === held.post) return placed(held, [])
  const place = fallback.indexOf(held.post as (typeof fallback)[number])
  return place === -1 ? undefined : placed(held, [by, ...fallback.slice(0, place)])
}

/**
 * What a person answers for on a day: duties of the posts held, and those that passed up because the posts before are
 * vacant. [T7] Only duties whose period still runs or may still be written down.
 */
export const answersOf = (plans: Plans, actor: Actor, today: PlainDate): readonly Answering[] =>
  actor.posts.flatMap((held) =>
    plans
      .planOf(held.unitPath, today)
      .duties.filter(({ open }) => open)
      .flatMap((duty): Answering[] => {
        const stretch = answersAs(held, duty.duty)
        return stretch ? [{ duty, ...stretch }] : []
      }),
  )

/** The duties that events make due for which a person answers on a day; each rule once, by its latest text. [T7] */
export const answersToEvents = (plans: Plans, actor: Actor, today: PlainDate): readonly AnsweringEvent[] =>
  actor.posts.flatMap((held) =>
    latestTexts(plans.planOf(held.unitPath, today)).flatMap((event): AnsweringEvent[] => {
      const stretch = answersAs(held, event.duty)
      return stretch ? [{ event, ...stretch }] : []
    }),
  )

/** The rules by which events make something due, each by its latest text. */
export const latestTexts = ({ events }: Plan): readonly PlannedEvent[] => [
  ...new Map(events.map((event) => [event.rule, event])).values(),
]

/** Last day of a duty: of its period, or the day it is owed by; null when it must hold at all times. */
export const dueOn = ({ duty, period }: Pick<PlannedDuty, 'duty' | 'period'>): PlainDate | null =>
  duty.per.kind === 'once' ? duty.per.by : duty.per.kind === 'standing' ? null : period.endsOn

/** How an unmet duty stands on a day. */
export const stateOf = (planned: Pick<PlannedDuty, 'duty' | 'period'>, met: boolean, today: PlainDate) =>
  dutyState(met, planned.period, today, planned.duty.per.kind === 'once' ? planned.duty.per.by : null)

/** Whether a day lies in a period. */
export const runs = (period: Period, today: PlainDate): boolean => period.startsOn <= today && today <= period.endsOn

/** Answers to events as a statement reads them; the columns are those of `answerRows`, the period is not asked. */
export const eventAnswerRows = (answers: readonly AnsweringEvent[]): string =>
  JSON.stringify(
    answers.map(({ event, lo, hi, mine, vacant, mentorless }, i) => ({
      i,
      rule: event.rule,
      class: event.classRule,
      period: null,
      lo,
      hi,
      mine,
      vacant,
      mentorless,
    })),
  )

/** Answers as a statement reads them; `i` is the place in the list. */
export const answerRows = (answers: readonly Answering[]): string =>
  JSON.stringify(
    answers.map(({ duty, lo, hi, mine, vacant, mentorless }, i) => ({
      i,
      rule: duty.rule,
      class: duty.classRule,
      period: duty.period.startsOn,
      lo,
      hi,
      mine,
      vacant,
      mentorless,
    })),
  )

/** The columns of `answerRows`. */
export const answerColumns =
  'i int, rule int, class int, period date, lo text, hi text, mine boolean, vacant text[], mentorless boolean'
