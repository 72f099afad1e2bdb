import { type AnswerOf, notFound, type PlainDate } from '#contract/platform'
import {
  type DutyAct,
  dutyProgress,
  type getStudentOn,
  type RecordKindDefinition,
  sayCite,
  sayRule,
} from '#contract/policies'
import { type Actor, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import type { PlannedDuty, Plans } from './duty-plan.ts'
import { eventsOfStudent } from './events-of-student.ts'

type Answer = AnswerOf<typeof getStudentOn>

interface SpellRow {
  readonly rule: number
  readonly key: string
  readonly label: string
  readonly since: string
  readonly until: string | null
  readonly proposes: boolean
}

interface RecordRow {
  readonly kind: number
  readonly on: string
  readonly mode: number | null
  readonly coded: Readonly<Record<string, unknown>>
}

const parts: Readonly<Record<number, string>> = { 1: 'aid-history', 2: 'visits', 3: 'traits', 4: 'rewards' }

const codesOf = ({ mode, coded }: RecordRow): Record<string, number[]> => ({
  ...Object.fromEntries(
    Object.entries(coded).map(([field, value]) => [
      field,
      (Array.isArray(value) ? value : [value]).filter((one): one is number => typeof one === 'number'),
    ]),
  ),
  ...(mode === null ? {} : { mode: [mode] }),
})

const actsOf = (rows: readonly RecordRow[], kinds: readonly RecordKindDefinition[]): DutyAct[] =>
  rows.flatMap((row) => {
    const kind = kinds.find(({ number }) => number === row.kind)
    return kind ? [{ record: kind.id, on: row.on, codes: codesOf(row) }] : []
  })

/**
 * A student on a day gone by: the classes of that day, the duties its rules and calendar made of them, and what was done
 * in each period up to it; by the day things happened, with what is known now. Only what this person may see. [T1 C15]
 */
export const readStudentOn = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  { schoolId, studentId }: { readonly schoolId: string; readonly studentId: string },
  on: PlainDate,
): Promise<Answer> => {
  const [student] = await services.door.readAsActor<{ path: string }>(
    actor,
    sql`select o.path from students s join units o on o.id = s.school_id where s.school_id = ${schoolId} and s.id = ${studentId}`,
  )
  if (!student) throw notFound()
  const [spells, records, mentors] = await Promise.all([
    services.door.readAsActor<SpellRow>(
      actor,
      sql`select c.rule, r.key, r.label, c.since, c.until, r.proposes from class_spells c join policy_rules r on r.number = c.rule
        where c.school_id = ${schoolId} and c.student_id = ${studentId} and c.since <= ${on}::date and (c.until is null or c.until > ${on}::date)
        order by r.number`,
    ),
    services.door.readAsActor<RecordRow>(
      actor,
      sql`select r.kind, r.act_date as "on", r.mode, r.coded from record_subjects t
          join records r on r.school_id = t.school_id and r.id = t.record_id
        where t.school_id = ${schoolId} and t.student_id = ${studentId} and r.superseded_by is null and r.withdrawn_at is null
          and r.act_date <= ${on}::date order by r.act_date`,
    ),
    services.door.readAsActor<{ one: number }>(
      actor,
      sql`select 1 as one from pairings where school_id = ${schoolId} and student_id = ${studentId}
        and from_date <= ${on}::date and (until_date is null or until_date > ${on}::date)`,
    ),
  ])
  const inForce = registry.inForce(student.path, on)
  const acts = actsOf(records, inForce.rules.records)
  const empty = records.flatMap(({ coded }) => (typeof coded.part === 'number' ? (parts[coded.part] ?? []) : []))
  const held = new Set(spells.map(({ key }) => key))
  const lineOf = ({ duty, period }: PlannedDuty): Answer['duties'][number] => {
    const within = { from: period.startsOn, until: period.endsOn }
    const { done, needed, met } = dutyProgress(duty, {
      ...(duty.per.kind === 'every' && { period: within }),
      acts,
      posts: mentors.map(() => 'mentor' as const),
      parts: empty,
    })
    return {
      ref: duty.ref,
      title: duty.neutralTitle,
      sentence: sayRule(duty, inForce.rules),
      cite: sayCite(duty.cite, inForce.packs),
      period: period.label,
      done,
      need: needed,
      met,
    }
  }
  const running = plans
    .planOf(student.path, on)
    .duties.filter(({ duty, period }) => held.has(duty.for) && period.startsOn <= on && on <= period.endsOn)
  const events = await eventsOfStudent(services, plans.planOf(student.path, on), actor, { schoolId, studentId })
  return {
    on,
    classes: spells.map(({ key: _, ...spell }) => spell),
    duties: [
      ...running.map(lineOf),
      ...events
        .filter(({ planned }) => held.has(planned.duty.for))
        .map(({ planned: { duty }, title, periodLabel, done, need, state }) => ({
          ref: duty.ref,
          title,
          sentence: sayRule(duty, inForce.rules),
          cite: sayCite(duty.cite, inForce.packs),
          period: periodLabel,
          done: state === 'done' ? need : Math.min(done, need - 1),
          need,
          met: state === 'done',
        })),
    ],
  }
}
