import { uuidv7 } from 'uuidv7'
import { dayOf, dueAt, type Flow, relations, type State, stateOf, warnAt } from '#contract/flows'
import { partnerPosts } from '#contract/people'
import type { PlainDate } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import { clockPerson } from './clock-person.ts'
import { deskAt } from './desks.ts'
import type { Case } from './procedure.ts'
import { readWorkingDays } from './working-days.ts'

/** Who takes over when none of the posts named is held: upwards, until somebody is there. [T7] */
const nextUp = ['school-aid-officer', 'principal', 'leader-in-charge', 'county-aid-officer', 'county-leader']

export const isRelation = (role: string): boolean => relations.some((relation) => relation === role)

interface Wanted {
  readonly key: string
  readonly place: string
  readonly excluded: readonly string[]
}

// The first post in order that somebody may act on, at the nearest unit on the way up; an office acts over the unit it
// is of, but a partner's office for itself alone.
export const findDesks = (db: Db, wanted: readonly Wanted[], posts: readonly string[], today: PlainDate) =>
  nearestDesks(db, wanted, [...posts, ...nextUp.filter((post) => !posts.includes(post))], today)

const nearestDesks = async (db: Db, wanted: readonly Wanted[], order: readonly string[], today: PlainDate) => {
  const rows = await db.rows<{ key: string; desk: string | null }>(sql`
    select w.key, (select v.path || '~' || a.post
      from units v
        cross join lateral (select v.id union all select o.id from units o where o.parent_id = v.id and o.kind = 'office') h (id)
        join appointments a on a.unit_id = h.id and a.post = any(${order}::text[])
          and (h.id = v.id or a.post <> all(${[...partnerPosts]}::text[]))
      where v.path = any(array(select left(w.place, n) from generate_series(1, length(w.place)) n where substr(w.place, n, 1) = '.'))
        and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)
        and a.person_id <> all(w.excluded)
      order by array_position(${order}::text[], a.post), length(v.path) desc limit 1) as desk
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (key text, place text, excluded uuid[])`)
  return new Map(rows.map(({ key, desk }) => [key, desk]))
}

export const keyOf = ({ place, excluded }: Pick<Case, 'place' | 'excluded'>): string => `${place} ${excluded.join(' ')}`

const personsOf = (state: State, standing: Case): readonly string[] =>
  (state.desk ?? []).flatMap((role) => {
    if (role === 'applicant') return [standing.applicantId ?? standing.openedBy]
    if (role === 'assigned') return standing.assigned
    return []
  })

// Nobody acts, only time: without a task of its own the clock would never be looked at.
const watchedBy = (state: State, desk: readonly string[], people: readonly string[]): readonly string[] =>
  people.length === 0 && desk.length === 0 && state.clock ? [clockPerson] : [...new Set(people)]

/** What waits after a move: when it is due and warned of, and who holds it, by desk or by name. */
export interface Placed {
  readonly dueAt: Date | null
  readonly warnAt: Date | null
  readonly desks: readonly string[]
  readonly people: readonly string[]
  /** Desks that are told and need not act. */
  readonly copies: readonly string[]
}

// The same for all that entered at one place in one moment: five thousand cases of a class are one calendar.
const timesAt = (state: State, working: Awaited<ReturnType<typeof readWorkingDays>>) => {
  const known = new Map<string, Pick<Placed, 'dueAt' | 'warnAt'>>()
  return ({ place, enteredAt }: Case): Pick<Placed, 'dueAt' | 'warnAt'> => {
    if (!state.clock) return { dueAt: null, warnAt: null }
    const key = `${place} ${enteredAt.getTime()}`
    const isWorking = working(place)
    const found = known.get(key) ?? {
      dueAt: dueAt(state.clock, enteredAt, isWorking),
      warnAt: warnAt(state.clock, enteredAt, isWorking) ?? null,
    }
    known.set(key, found)
    return found
  }
}

// A copy goes to nobody else when its post is vacant, and not to a desk where the case waits anyway.
const findCopies = async (db: Db, { copies = [] }: State, wanted: readonly Wanted[], today: PlainDate) => {
  const found = await Promise.all(copies.map((post) => nearestDesks(db, wanted, [post], today)))
  return (one: Case, acting: readonly string[]): readonly string[] =>
    found.flatMap((desks) => desks.get(keyOf(one)) ?? []).filter((desk) => !acting.includes(desk))
}

/**
 * Where cases of one flow that enter a state will lie: the desks of those who act next, people by name, and when the clock
 * runs out. Statements do not grow with the number of cases. As the importer.
 */
export const findPlaces = async (
  db: Db,
  flow: Flow,
  state: string,
  cases: readonly Case[],
  today: PlainDate,
): Promise<ReadonlyMap<string, Placed>> => {
  const entered = stateOf(flow, state)
  const [first] = cases
  if (!entered || !first) return new Map()
  const posts = (entered.desk ?? []).filter((role) => !isRelation(role))
  const wanted = new Map(
    cases.map((one) => [keyOf(one), { key: keyOf(one), place: one.place, excluded: one.excluded }]),
  )
  const places = [...new Set(cases.map(({ place }) => place))]
  const [desks, copiesOf, working] = await Promise.all([
    posts.length > 0 ? findDesks(db, [...wanted.values()], posts, today) : new Map<string, string | null>(),
    findCopies(db, entered, [...wanted.values()], today),
    entered.clock?.unit === 'working-days' ? readWorkingDays(db, dayOf(first.enteredAt), places) : () => () => true,
  ])
  const times = timesAt(entered, working)
  return new Map(
    cases.map((one) => {
      const desk = posts.length > 0 ? [desks.get(keyOf(one)) ?? deskAt(one.place, posts[0] as string)] : []
      return [
        one.id,
        {
          ...times(one),
          desks: desk,
          people: watchedBy(entered, desk, personsOf(entered, one)),
          copies: copiesOf(one, desk),
        },
      ]
    }),
  )
}

/** Lays cases of one school, written already, where `findPlaces` found. As the importer. */
export const writeTasks = async (
  db: Db,
  cases: readonly Case[],
  placed: ReadonlyMap<string, Placed>,
): Promise<void> => {
  const rows = cases.flatMap(({ id: caseId }) => {
    const at = placed.get(caseId)
    if (!at) return []
    const times = { caseId, box: 1, dueAt: at.dueAt, warnAt: at.warnAt }
    return [
      ...at.desks.map((desk) => ({ ...times, id: uuidv7(), desk })),
      ...at.people.map((personId) => ({ ...times, id: uuidv7(), personId })),
      ...at.copies.map((desk) => ({ caseId, box: 2, id: uuidv7(), desk })),
    ]
  })
  if (rows.length === 0) return
  await db.change(sql`insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, person_id, state,
      version, opened_at, due_at, warn_at, excluded)
    select c.school_id, t.id, c.id, c.flow, c.student_id, c.scope, t.box, t.desk, t."personId", c.state, c.version, c.entered_at, t."dueAt", t."warnAt", c.excluded
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t (id uuid, "caseId" uuid, box smallint, desk text, "personId" uuid, "dueAt" timestamptz, "warnAt" timestamptz)
      join flow_cases c on c.school_id = ${cases[0]?.schoolId} and c.id = t."caseId"`)
}
