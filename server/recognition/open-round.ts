import { isAtOrBelow } from '#contract/organisations'
import { whyNotPermitted } from '#contract/people'
import { type AnswerOf, type BodyOf, notFound, type PlainDate, Refusal, schoolYearOf } from '#contract/platform'
import type { getRoundProgress, listRounds as listDeclared, openRound as openDeclared } from '#contract/recognition'
import { roundFlow } from '#contract/recognition'
import { asParticipant, type Engine } from '#server/flows'
import { type Actor, audit, type Db, raw, type Services, sql } from '#server/platform'

/** A round as it is told. */
export interface Round {
  readonly id: string
  readonly unitName: string
  readonly unitPath: string
  readonly schoolYear: number
  readonly term: number
  readonly noticeOn: PlainDate
  readonly opensOn: PlainDate
  readonly closesOn: PlainDate
  readonly notice: string
}

const columns = raw(`r.id, u.name as "unitName", r.unit_path as "unitPath", r.school_year as "schoolYear", r.term,
  r.notice_on as "noticeOn", r.opens_on as "opensOn", r.closes_on as "closesOn", r.notice`)

/** Rounds that hold at a place, the nearest unit's and the latest first. */
export const readRounds = (db: Db, path: string): Promise<Round[]> =>
  db.rows<Round>(sql`select ${columns} from recognition_rounds r join units u on u.id = r.unit_id
    where left(${path}, length(r.unit_path)) = r.unit_path order by length(r.unit_path) desc, r.opens_on desc limit 50`)

const isOpen = ({ opensOn, closesOn }: Round, today: PlainDate): boolean => opensOn <= today && today <= closesOn

/** The round in which a request may be made at a place today. Refuses `recognition.no-round` with the dates to come. */
export const getOpenRound = async (db: Db, path: string, today: PlainDate): Promise<Round> => {
  const rounds = await readRounds(db, path)
  const open = rounds.find((round) => isOpen(round, today))
  if (open) return open
  const next = rounds.filter(({ opensOn }) => opensOn > today).sort((a, b) => a.opensOn.localeCompare(b.opensOn))[0]
  const hint = next ? `下一次从 ${next.opensOn} 到 ${next.closesOn}。` : '开始前学校会提前告知。'
  throw new Refusal('recognition.no-round', `现在不在申请时间内。${hint}`)
}

const daysTold = 3

const whyNot = (wish: BodyOf<typeof openDeclared>, today: PlainDate): Refusal | undefined => {
  const wrong = (field: string, reason: string) =>
    new Refusal('recognition.round-dates', `${reason}。`, 'invalid', [{ field, reason }])
  if (wish.schoolYear !== undefined && ![0, 1].includes(wish.schoolYear - schoolYearOf(wish.opensOn)))
    return wrong('schoolYear', '只能是本学年或下一学年')
  if (wish.opensOn < wish.noticeOn) return wrong('opensOn', '开始日期不能早于告知日期')
  if (wish.closesOn < wish.opensOn) return wrong('closesOn', '截止日期不能早于开始日期')
  if (wish.noticeOn < today) return wrong('noticeOn', '告知日期不能早于今天')
  const early = Date.parse(wish.opensOn) - Date.parse(wish.noticeOn)
  return early < daysTold * 86_400_000 ? wrong('opensOn', `须提前告知,至少 ${daysTold} 天`) : undefined
}

/**
 * Opens a round for everything below a unit, told to families some days before. [C8 C19]
 * Refuses `people.not-permitted`, `recognition.round-dates`, `.round-exists`, not-found.
 */
export const openRound = async (
  services: Services,
  actor: Actor,
  unitId: string,
  wish: BodyOf<typeof openDeclared>,
): Promise<Record<string, never>> => {
  const { me, path } = await services.door.asActor(actor, async (db, person) => {
    const unit = await db.first<{ path: string }>(sql`select path from units where id = ${unitId}`)
    if (!unit) throw notFound()
    const refusal = whyNotPermitted('recognition.open-round', person.posts, unit.path)
    if (refusal) throw refusal
    return { me: person, path: unit.path }
  })
  const dates = whyNot(wish, services.today())
  if (dates) throw dates
  await services.door.asJob('importer', async (db) => {
    const made =
      await db.change(sql`insert into recognition_rounds (id, unit_id, unit_path, school_year, term, notice_on, opens_on,
        closes_on, notice, opened_by, opened_by_name)
      values (${wish.id}, ${unitId}, ${path}, ${wish.schoolYear ?? schoolYearOf(wish.opensOn)}, ${wish.term}, ${wish.noticeOn}, ${wish.opensOn},
        ${wish.closesOn}, ${wish.notice}, ${me.personId}, ${me.name})
      on conflict do nothing`)
    const mine = await db.first(
      sql`select 1 as known from recognition_rounds where id = ${wish.id} and opened_by = ${me.personId}`,
    )
    if (!mine) throw new Refusal('recognition.round-exists', '这个单位本学期已经开展过学年申请。')
    if (made > 0)
      await audit(db, {
        actorId: me.personId,
        action: 'recognition.open-round',
        outcome: 'done',
        scope: path,
        subject: wish.id,
      })
  })
  return {}
}

const shown = ({ unitPath: _, ...round }: Round, today: PlainDate) => ({
  ...round,
  isOpen: isOpen({ ...round, unitPath: '' }, today),
})

/** Rounds told at a place: families read them from the day of the notice on. */
export const listRounds = (services: Services, actor: Actor, unitId: string): Promise<AnswerOf<typeof listDeclared>> =>
  services.door.asActor(actor, async (db, me) => {
    const unit = await db.first<{ path: string }>(sql`select path from units where id = ${unitId}`)
    if (!unit) throw notFound()
    const today = services.today()
    const rounds = (await readRounds(db, unit.path)).filter(({ noticeOn }) => !me.settings.family || noticeOn <= today)
    return { rounds: rounds.map((round) => shown(round, today)) }
  })

interface CountRow {
  readonly unitId: string
  readonly unitName: string
  readonly schoolName: string
  readonly state: string
  readonly count: number
  readonly overdue: number
}

/** How far a round has come, class by class, as far as the reader sees the cases. Refuses `people.not-permitted`, not-found. */
export const roundProgress = (
  { services, now }: Engine,
  actor: Actor,
  roundId: string,
  unitId: string,
): Promise<AnswerOf<typeof getRoundProgress>> =>
  asParticipant(services.door, actor, async (db, me) => {
    const unit = await db.first<{ path: string }>(sql`select path from units where id = ${unitId}`)
    const round = await db.first<Round>(
      sql`select ${columns} from recognition_rounds r join units u on u.id = r.unit_id where r.id = ${roundId}`,
    )
    if (!unit || !round || !isAtOrBelow(unit.path, round.unitPath)) throw notFound()
    const refusal = whyNotPermitted('recognition.get-progress', me.posts, unit.path)
    if (refusal) throw refusal
    const rows =
      await db.rows<CountRow>(sql`select u.id as "unitId", u.name as "unitName", s.name as "schoolName", c.state,
        count(*)::int as count, count(*) filter (where c.due_at < ${now()})::int as overdue
      from flow_cases c join units u on u.path = c.place join units s on s.id = c.school_id
      where c.round_id = ${roundId} and left(c.place, length(${unit.path})) = ${unit.path}
      group by 1, 2, 3, 4 order by 3, 2 limit 5000`)
    const lines = [...Map.groupBy(rows, (row) => row.unitId).values()].map((those) => ({
      unitId: those[0]?.unitId ?? '',
      unitName: those[0]?.unitName ?? '',
      schoolName: those[0]?.schoolName ?? '',
      total: those.reduce((sum, { count }) => sum + count, 0),
      overdue: those.reduce((sum, { overdue }) => sum + overdue, 0),
      byState: Object.fromEntries(those.map(({ state, count }) => [state, count])),
    }))
    const states = Object.entries(roundFlow.states).map(([id, { label }]) => ({ id, label }))
    return { round: shown(round, services.today()), states, lines }
  })
