import { type Flow, stateOf } from '#contract/flows'
import { type MessageWish, sendMessages } from '#server/messages'
import { type Db, sql } from '#server/platform'
import { type CaseMoved, casesMoved } from './case-moved.ts'
import { clockPerson } from './clock-person.ts'
import { pathOfDesk, postOfDesk } from './desks.ts'
import type { Engine } from './engine.ts'
import { type ClockNews, clockRanOut, clockWarned } from './keep-clocks.ts'

/** People who sit at desks today, without those shut out. As the importer. */
const findSitters = async (
  db: Db,
  desks: readonly string[],
  excluded: readonly string[],
  today: string,
): Promise<string[]> => {
  if (desks.length === 0) return []
  const wanted = JSON.stringify(desks.map((desk) => ({ path: pathOfDesk(desk), post: postOfDesk(desk) })))
  const rows = await db.rows<{ id: string }>(sql`select distinct a.person_id as id
    from jsonb_to_recordset(${wanted}::jsonb) as w (path text, post text) join units v on v.path = w.path
      cross join lateral (select v.id union all select o.id from units o where o.parent_id = v.id and o.kind = 'office') h (id)
      join appointments a on a.unit_id = h.id and a.post = w.post and a.from_date <= ${today}::date
        and (a.until_date is null or a.until_date > ${today}::date)
    where a.person_id <> all(${excluded}::uuid[])`)
  return rows.map(({ id }) => id)
}

const flowOf = (engine: Engine, id: string): Flow | undefined =>
  engine.procedures.find(({ flow }) => flow.id === id)?.flow

const linkTo = ({ schoolId, caseId }: Pick<CaseMoved, 'schoolId' | 'caseId'>): string => `/flows/${schoolId}/${caseId}`

// The applicant is told when what they read of it changes, not of every hand it goes through.
const forApplicant = (flow: Flow, news: CaseMoved): MessageWish[] => {
  const [before, now] = [stateOf(flow, news.from), stateOf(flow, news.to)]
  const isOther = news.applicantId !== news.actorId && news.applicantId !== clockPerson
  if (!isOther || !now || news.excluded.includes(news.applicantId)) return []
  if (before?.told === now.told && !now.final) return []
  return [
    {
      to: { personId: news.applicantId },
      kind: now.final ? 'case.closed' : 'case.moved',
      params: { case: flow.neutralLabel, step: now.told },
      ...(news.studentId ? { about: { schoolId: news.schoolId, studentId: news.studentId } } : {}),
      link: linkTo(news),
    },
  ]
}

type SittersOf = (news: CaseMoved) => Promise<readonly string[]>

// Cases of one act mostly lie on the same desks: who sits there is asked once.
const askOnce = (db: Db, engine: Engine): SittersOf => {
  const known = new Map<string, Promise<readonly string[]>>()
  return ({ desks, excluded }) => {
    const key = `${desks.join(' ')} ${excluded.join(' ')}`
    const people = known.get(key) ?? findSitters(db, desks, excluded, engine.services.today())
    known.set(key, people)
    return people
  }
}

// Where hours count, whoever is to act is called at once, by night too.
const forDesk = async (flow: Flow, news: CaseMoved, sittersOf: SittersOf): Promise<MessageWish[]> => {
  const state = stateOf(flow, news.to)
  if (state?.clock?.unit !== 'hours' || news.desks.length === 0) return []
  const people = await sittersOf(news)
  return people.map((personId) => ({
    to: { personId },
    kind: 'work.urgent',
    params: { case: flow.neutralLabel, step: state.told },
    urgent: true,
    link: linkTo(news),
  }))
}

const dayWords = (instant: string): string => {
  const at = new Date(new Date(instant).getTime() + 8 * 3_600_000)
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
}

const remind = async (
  db: Db,
  engine: Engine,
  news: ClockNews,
  kind: 'work.due-soon' | 'work.overdue',
): Promise<void> => {
  const flow = flowOf(engine, news.flow)
  if (!flow) return
  const seated = news.desk ? await findSitters(db, [news.desk], news.excluded, engine.services.today()) : []
  // The name of a post may say what it is for; a message does not. [C24]
  const step = '您的一步'
  const people = news.personId ? [news.personId] : seated
  await sendMessages(
    db,
    people.map((personId) => ({
      to: { personId },
      kind,
      params: { case: flow.neutralLabel, step, by: dayWords(news.dueAt) },
      link: linkTo(news),
    })),
  )
}

/**
 * Tells people of cases in the transaction that moves them: the applicant where it stands, the desk where hours count,
 * those who act before and after time runs out. All of it in neutral words; nobody shut out is told. [T6 C24]
 */
export const tellPeople = (engine: Engine): void => {
  const { events } = engine.services
  events.when(casesMoved, async (db, { moves }) => {
    const wishes: MessageWish[] = []
    const sittersOf = askOnce(db, engine)
    for (const news of moves) {
      const flow = flowOf(engine, news.flow)
      if (flow) wishes.push(...forApplicant(flow, news), ...(await forDesk(flow, news, sittersOf)))
    }
    await sendMessages(db, wishes)
  })
  events.when(clockWarned, (db, news) => remind(db, engine, news, 'work.due-soon'))
  events.when(clockRanOut, (db, news) => remind(db, engine, news, 'work.overdue'))
}
