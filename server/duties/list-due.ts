import type { listDue as endpoint } from '#contract/duties'
import { type AnswerOf, notFound, type ParamsOf, packCursor, type QueryOf, unpackCursor } from '#contract/platform'
import type { Actor, Services, Statement } from '#server/platform'
import { type Answering, answerColumns, answerRows, answersOf, everywhere, runs } from './answers.ts'
import type { PlannedDuty, Plans } from './duty-plan.ts'
import { listEventsDue, pathOf } from './list-events-due.ts'
import { hasMentor, holderOf, nobodyHolds } from './vacancy.ts'

type Answer = AnswerOf<typeof endpoint>
type Student = Answer['students'][number]

interface Row extends Student {
  readonly scope: string
}

const statement = (
  answers: readonly Answering[],
  duty: PlannedDuty,
  actor: Actor,
  today: string,
  query: QueryOf<typeof endpoint>,
): Statement => {
  const [scope, name, id] = query.after ? unpackCursor(query.after, 3) : [null, null, null]
  const owner = holderOf(duty.duty.by, 't', '$2::date')
  return {
    text: `with answer as (select * from jsonb_to_recordset($1::jsonb) as a(${answerColumns})),
      owed as (
        select distinct on (s.scope, s.name_order, s.id) s.school_id, s.id as student_id, s.scope, s.name, s.name_order, s.class_id, p.last_on
        from answer a
          join class_spells c on c.rule = a.class and c.until is null and c.scope >= a.lo and c.scope < a.hi
          join students s on s.school_id = c.school_id and s.id = c.student_id
          left join duty_progress p on p.school_id = c.school_id and p.student_id = c.student_id and p.rule = a.rule and p.period = a.period
        where not coalesce(p.met, false)
          and ($4::text is null or (s.scope, s.name_order, s.id) > ($4::text collate "C", name_order($5::text), $6::uuid))
          and (not a.mine or ${hasMentor('c', '$2::date', '$3::uuid')})
          and (not a.mentorless or not ${hasMentor('c', '$2::date')})
          and ${nobodyHolds('a.vacant', 'c.scope', '$2::date')}
        order by s.scope, s.name_order, s.id limit $7)
      select t.school_id as "schoolId", t.student_id as id, t.name, t.scope, k.name as "className", u.name as "schoolName",
        ${owner} as "ownerName",
        coalesce(t.last_on, (select max(q.last_on) from duty_progress q
          where q.school_id = t.school_id and q.student_id = t.student_id and q.rule = $8)) as "lastOn", null as asked
      from owed t join units k on k.id = t.class_id join units u on u.id = t.school_id
      order by t.scope, t.name_order, t.student_id`,
    values: [answerRows(answers), today, actor.personId, scope, name, id, query.limit + 1, duty.rule],
  }
}

/**
 * The students for whom one duty is still to be done: mine (own and passed up), or all of a unit that I see.
 * Refuses not-found for a duty that is not kept where I am. [T7]
 */
export const listDue = async (
  services: Services,
  plans: Plans,
  actor: Actor,
  { rule }: ParamsOf<typeof endpoint>,
  query: QueryOf<typeof endpoint>,
): Promise<Answer> => {
  const today = services.today()
  const asked = await listEventsDue(services, plans, actor, rule, query)
  if (asked) return asked
  const now = (duty: PlannedDuty) => duty.rule === rule && runs(duty.period, today)
  const mine = answersOf(plans, actor, today).filter(({ duty }) => now(duty))
  const answers = query.unit === undefined ? mine : await ofUnit(services, plans, actor, query.unit, now)
  const duty = answers[0]?.duty ?? actor.posts.flatMap((held) => plans.planOf(held.unitPath, today).duties).find(now)
  if (!duty) throw notFound()
  const rows = await services.door.readAsActor<Row>(actor, statement(answers, duty, actor, today, query))
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    title: duty.duty.neutralTitle,
    recordKind: duty.duty.does.kind === 'record' ? duty.duty.does.number : null,
    students: page.map(({ scope: _scope, ...student }) => student),
    after: last ? packCursor([last.scope, last.name, last.id]) : null,
  }
}

const ofUnit = async (
  services: Services,
  plans: Plans,
  actor: Actor,
  unitId: string,
  now: (duty: PlannedDuty) => boolean,
): Promise<Answering[]> => {
  const path = await pathOf(services, actor, unitId)
  return plans
    .planOf(path, services.today())
    .duties.filter(now)
    .map((duty) => ({ duty, ...everywhere(path) }))
}
