import { postLabel } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import type { DutyRule } from '#contract/policies'
import type { getStudent } from '#contract/students'
import { type Actor, raw, type Services, sql } from '#server/platform'
import { dueOn, runs, stateOf } from './answers.ts'
import type { PlannedDuty, Plans } from './duty-plan.ts'
import { eventsOfStudent } from './events-of-student.ts'
import { mentorNames, nearestHolder } from './vacancy.ts'

type DutyLine = AnswerOf<typeof getStudent>['duties'][number]

/** What the student page knows already when it asks for duties. */
export interface DutiesAsked {
  readonly schoolPath: string
  readonly scope: string
  readonly schoolId: string
  readonly studentId: string
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

interface Holder {
  readonly post: string
  readonly name: string | null
}

const holdersOver = async (
  services: Services,
  actor: Actor,
  asked: DutiesAsked,
  posts: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await services.door.readAsActor<Holder>(
    actor,
    sql`select p.post, case when p.post = 'mentor' then ${raw(mentorNames('s', 's.today'))}
        else ${raw(nearestHolder('p.post', 's.scope', 's.today'))} end as name
      from unnest(${posts}::text[]) p(post),
        (select ${asked.schoolId}::uuid as school_id, ${asked.studentId}::uuid as student_id, ${asked.scope}::text as scope,
          ${asked.today}::date as today) s`,
  )
  return new Map(rows.flatMap(({ post, name }) => (name === null ? [] : [[post, name] as const])))
}

// The first post of the line that somebody holds; a vacant one before it is said.
const ownerOf = (
  { duty: { by, fallback } }: { readonly duty: DutyRule },
  holders: ReadonlyMap<string, string>,
): Pick<DutyLine, 'post' | 'ownerName'> => {
  const acting = [by, ...fallback].find((post) => holders.has(post))
  if (acting === undefined) return { post: `${postLabel(by)}(无人负责)`, ownerName: null }
  const post = acting === by ? postLabel(by) : `${postLabel(by)}(无人负责,由${postLabel(acting)}接手)`
  return { post, ownerName: holders.get(acting) ?? null }
}

/**
 * What is due for one student now and by whom, from the classes the person may learn of, the rules in force and what
 * was done; and what events made due. Two statements, for these and for the names of who owes it. Periods that are over show while acts may still be written down.
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
  const events = await eventsOfStudent(services, plan, actor, asked)
  if (duties.length === 0 && events.length === 0) return []
  const owed = [...duties, ...events.map(({ planned }) => planned)]
  const posts = [...new Set(owed.flatMap(({ duty }) => [duty.by, ...duty.fallback]))]
  const holders = await holdersOver(services, actor, asked, posts)
  const lines = duties.map((duty) => ({
    rule: duty.rule,
    title: duty.duty.neutralTitle,
    periodLabel: duty.period.label,
    dueOn: dueOn(duty),
    state: stateOf(duty, done(duty)?.met ?? false, asked.today),
    done: done(duty)?.done ?? 0,
    need: duty.full > 0 ? duty.full.toString(2).length : duty.atLeast,
    ...ownerOf(duty, holders),
    recordKind: duty.duty.does.kind === 'record' ? duty.duty.does.number : null,
    cite: duty.duty.cite.map(({ at }) => at).join(';'),
  }))
  return [...events.map(({ planned, ...line }) => ({ ...line, ...ownerOf(planned, holders) })), ...lines]
}
