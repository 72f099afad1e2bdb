import type { getDesk as endpoint } from '#contract/duties'
import { rangeOf } from '#contract/organisations'
import { permissions } from '#contract/people'
import { type AnswerOf, addDays } from '#contract/platform'
import { countBoxes } from '#server/flows'
import { type Actor, reachOf, type Services, type Statement } from '#server/platform'
import type { Registry } from '#server/policies'
import { awaitingReview, awaitingReviewFrom } from '#server/records'
import { type Answering, answerColumns, answerRows, answersOf, dueOn, runs, stateOf } from './answers.ts'
import { eventGroups } from './desk-events.ts'
import type { Plans } from './duty-plan.ts'
import { hasMentor, nobodyHolds } from './vacancy.ts'

type Desk = AnswerOf<typeof endpoint>
type Waiting = Desk['waiting'][number]

const newsDays = 14
const mostNews = 10

const groupsStatement = (answers: readonly Answering[], actor: Actor, today: string): Statement => ({
  text: `with answer as (select * from jsonb_to_recordset($1::jsonb) as a(${answerColumns})),
    line as (
      select a.i, a.vacant, c.scope, count(*)::int as need, count(*) filter (where p.met)::int as done
      from answer a
        join class_spells c on c.rule = a.class and c.until is null and c.scope >= a.lo and c.scope < a.hi
        left join duty_progress p on p.school_id = c.school_id and p.student_id = c.student_id and p.rule = a.rule and p.period = a.period
      where (not a.mine or ${hasMentor('c', '$2::date', '$3::uuid')})
        and (not a.mentorless or not ${hasMentor('c', '$2::date')})
      group by a.i, a.vacant, c.scope)
    select i, sum(need)::int as need, sum(done)::int as done from line
    where ${nobodyHolds('line.vacant', 'line.scope', '$2::date')} group by i`,
  values: [answerRows(answers), today, actor.personId],
})

// Waiting for me: what rules propose to whoever decides, and records to whoever reviews.
const deciding = (actor: Actor, permission: 'recognition.list-candidates' | 'imports.decide-match') =>
  actor.posts
    .filter(({ post }) => (permissions[permission] as readonly string[]).includes(post))
    .map(({ unitPath }) => rangeOf(unitPath))

const waitingStatement = (services: Services, registry: Registry, plans: Plans, actor: Actor): Statement => {
  const today = services.today()
  const candidates = deciding(actor, 'recognition.list-candidates')
  const reviews = awaitingReview(registry, actor, today)
  const matches = deciding(actor, 'imports.decide-match')
  const places = actor.posts.map(({ unitPath }) => plans.planOf(unitPath, today).inForce)
  const proposing = (fact: string) =>
    places.flatMap(({ rules, classNumber }) =>
      rules.who.filter((rule) => rule.proposes && rule.suggests?.fact === fact).map(({ ref }) => classNumber(ref)),
    )
  const reach = reachOf(actor)
  return {
    text: `select
      (select count(distinct c.student_id)::int from unnest($1::text[], $2::text[]) r(lo, hi)
        join class_spells c on c.scope >= r.lo and c.scope < r.hi and c.rule = any($3::int[]) and c.until is null) as recognition,
      (select count(distinct c.student_id)::int from unnest($1::text[], $2::text[]) r(lo, hi)
        join class_spells c on c.scope >= r.lo and c.scope < r.hi and c.rule = any($4::int[]) and c.until is null) as "keyListing",
      (select count(*)::int ${awaitingReviewFrom('$5::jsonb', '$6::date', '$7::uuid')}) as review,
      (select json_build_object('count', sum((i.counts ->> 'doubtful')::int), 'imports', json_agg(i.id)) from imports i
        where i.state = 'committed' and (i.counts ->> 'doubtful')::int > 0 and exists (
          select from unnest($11::text[], $12::text[]) r(lo, hi) where i.scope >= r.lo and i.scope < r.hi)) as match,
      (select json_agg(n) from (select r.school_id as "schoolId", r.student_id as "studentId", s.name, r.kind, r.author_name as author,
            to_char(r.recorded_at, 'YYYY-MM-DD HH24:MI') as at
          from records r join students s on s.school_id = r.school_id and s.id = r.student_id
          where (r.student_id = any($8::uuid[]) or r.scope = any($9::text[])) and r.author_id <> $7::uuid
            and r.act_date >= $10::date and r.superseded_by is null and r.withdrawn_at is null
          order by r.recorded_at desc limit ${mostNews}) n) as news`,
    values: [
      candidates.map(({ lo }) => lo),
      candidates.map(({ hi }) => hi),
      proposing('hardship_level'),
      proposing('key_student'),
      reviews.places,
      reviews.since,
      actor.personId,
      reach.students,
      reach.classes,
      addDays(today, -newsDays),
      matches.map(({ lo }) => lo),
      matches.map(({ hi }) => hi),
    ],
  }
}

interface WaitingRow {
  readonly recognition: number
  readonly keyListing: number
  readonly review: number
  readonly match: { readonly count: number | null; readonly imports: readonly string[] | null }
  readonly news:
    | { schoolId: string; studentId: string; name: string; kind: number; author: string; at: string }[]
    | null
}

const matchPath = (imports: readonly string[] | null): string =>
  imports?.length === 1 ? `/imports/${imports[0]}/matches` : '/imports'

const waitingOf = (row: WaitingRow, boxes: { readonly todo: number; readonly overdue: number }): Waiting[] => {
  const lines: Waiting[] = [
    { kind: 'flow-overdue', title: '已经逾期、等您办理的事项', count: boxes.overdue, to: '/flows' },
    { kind: 'flow', title: '等您办理的事项', count: boxes.todo, to: '/flows' },
    {
      kind: 'recognition',
      title: '规则提出、等您确认的等级',
      count: row.recognition,
      to: '/flows/proposals?kind=recognition',
    },
    {
      kind: 'key-listing',
      title: '规则提出、等您确认的名单',
      count: row.keyListing,
      to: '/flows/proposals?kind=key-listing',
    },
    { kind: 'review', title: '等您审核的记录', count: row.review, to: '/visits?tab=review' },
    {
      kind: 'match',
      title: '名单里等您核对是不是同一人',
      count: row.match.count ?? 0,
      to: matchPath(row.match.imports),
    },
  ]
  return lines.filter(({ count }) => count > 0)
}

const groupOf = (answer: Answering, need: number, done: number, today: string): Desk['groups'][number] | undefined => {
  const state = stateOf(answer.duty, false, today)
  if (state === 'done' || state === 'missed') return undefined
  // A period that is over is shown only while something of it may still be written down.
  if (!runs(answer.duty.period, today) && done >= need) return undefined
  const { does, neutralTitle } = answer.duty.duty
  return {
    rule: answer.duty.rule,
    title: neutralTitle,
    periodLabel: answer.duty.period.label,
    dueOn: dueOn(answer.duty),
    state,
    need,
    done,
    recordKind: does.kind === 'record' ? does.number : null,
    because: answer.because,
    vacant: answer.vacant.length > 0 || answer.mentorless,
  }
}

const urgency = { overdue: 0, due: 1, soon: 2 } as const

/**
 * The desk of one person in two or three statements: what is due from them, own and passed up, with how far it is; what waits for
 * them; what others wrote about their students. A duty for a class they may not know of is absent. [T7 C12]
 */
export const getDesk = async (services: Services, registry: Registry, plans: Plans, actor: Actor): Promise<Desk> => {
  const today = services.today()
  const answers = answersOf(plans, actor, today)
  const [counts, events, boxes, [waiting]] = await Promise.all([
    services.door.readAsActor<{ i: number; need: number; done: number }>(actor, groupsStatement(answers, actor, today)),
    eventGroups(services, plans, actor, today),
    countBoxes(services.door, actor, new Date()),
    services.door.readAsActor<WaitingRow>(actor, waitingStatement(services, registry, plans, actor)),
  ])
  const titles = new Map(
    registry.packs.flatMap(({ rules }) =>
      rules.flatMap((rule) => (rule.kind === 'record' ? [[rule.number, rule.neutralTitle] as const] : [])),
    ),
  )
  return {
    groups: counts
      .flatMap(({ i, need, done }) => {
        const answer = answers[i]
        return answer ? (groupOf(answer, need, done, today) ?? []) : []
      })
      .concat(events)
      .sort(
        (one, other) =>
          urgency[one.state] - urgency[other.state] ||
          (one.dueOn ?? '').localeCompare(other.dueOn ?? '') ||
          one.rule - other.rule,
      ),
    waiting: waiting ? waitingOf(waiting, boxes) : [],
    news: (waiting?.news ?? []).map(({ kind, author, ...rest }) => ({
      ...rest,
      text: `${author}记录了${titles.get(kind) ?? '一件事'}`,
    })),
  }
}
