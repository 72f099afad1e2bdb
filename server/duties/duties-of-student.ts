import { postLabel } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import type { DutyRule } from '#contract/policies'
import type { getStudent } from '#contract/students'
import type { Actor, Services } from '#server/platform'
import { dueOn, runs, stateOf } from './answers.ts'
import type { PlannedDuty, Plans } from './duty-plan.ts'
import { eventsOfStudent } from './events-of-student.ts'

type DutyLine = AnswerOf<typeof getStudent>['duties'][number]

/** What the student page knows already when it asks for duties. */
export interface DutiesAsked {
  readonly schoolPath: string
  readonly schoolId: string
  readonly studentId: string
  /** Whether anything ever happened that made something due. */
  readonly hasEvents: boolean
  /** Names of who holds each post over the student now; a mentor's among them. */
  readonly holders: Readonly<Record<string, string>>
  /** Classes the person may learn of, as `<issuer>/<id>`. */
  readonly classes: readonly string[]
  readonly progress: readonly {
    readonly rule: number
    readonly period: string
    readonly done: number
    readonly met: boolean
  }[]
  readonly today: string
}

// The first post of the line that somebody holds; a vacant one before it is said.
const ownerOf = (
  { duty: { by, fallback } }: { readonly duty: DutyRule },
  holders: DutiesAsked['holders'],
): Pick<DutyLine, 'post' | 'ownerName'> => {
  const acting = [by, ...fallback].find((post) => post in holders)
  if (acting === undefined) return { post: `${postLabel(by)}(无人负责)`, ownerName: null }
  const post = acting === by ? postLabel(by) : `${postLabel(by)}(无人负责,由${postLabel(acting)}接手)`
  return { post, ownerName: holders[acting] ?? null }
}

/**
 * What is due for one student now and by whom, from the classes the person may learn of, the rules in force and what
 * was done; and what events made due, for which alone a statement is sent, and only if anything happened. Periods that
 * are over show while acts may still be written down.
 */
export const dutiesOfStudent = async (
  services: Services,
  plans: Plans,
  actor: Actor,
  asked: DutiesAsked,
): Promise<DutyLine[]> => {
  const plan = plans.planOf(asked.schoolPath, asked.today)
  const done = (duty: PlannedDuty) =>
    asked.progress.find((row) => row.rule === duty.rule && row.period === duty.period.startsOn)
  const duties = plan.duties.filter(
    (duty) =>
      duty.open && asked.classes.includes(duty.duty.for) && (runs(duty.period, asked.today) || !done(duty)?.met),
  )
  const events = asked.hasEvents ? await eventsOfStudent(services, plan, actor, asked) : []
  const lines = duties.map((duty) => ({
    rule: duty.rule,
    title: duty.duty.neutralTitle,
    periodLabel: duty.period.label,
    dueOn: dueOn(duty),
    state: stateOf(duty, done(duty)?.met ?? false, asked.today),
    done: done(duty)?.done ?? 0,
    need: duty.full > 0 ? duty.full.toString(2).length : duty.atLeast,
    ...ownerOf(duty, asked.holders),
    recordKind: duty.duty.does.kind === 'record' ? duty.duty.does.number : null,
    cite: duty.duty.cite.map(({ at }) => at).join(';'),
  }))
  return [...events.map(({ planned, ...line }) => ({ ...line, ...ownerOf(planned, asked.holders) })), ...lines]
}
