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
export const findDesks = async (db: Db, wanted: readonly Wanted[], posts: readonly string[], today: PlainDate) => {
  const order = [...posts, ...nextUp.filter((post) => !posts.includes(post))]
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

const personsOf = (
  state: State,
  standing: Case,
  panelists: ReadonlyMap<string, readonly string[]>,
): readonly string[] =>
  (state.desk ?? []).flatMap((role) => {
    if (role === 'applicant') return [standing.applicantId ?? standing.openedBy]
    if (role === 'assigned') return standing.assigned
    if (role === 'panel-member' || role === 'panel-chair') return panelists.get(`${standing.panelId} ${role}`) ?? []
    return []
  })

// Nobody acts, only time: without a task of its own the clock would never be looked at.
const watchedBy = (state: State, desk: readonly string[], people: readonly string[]): readonly string[] =>
  people.length === 0 && desk.length === 0 && state.clock ? [clockPerson] : [...new Set(people)]

/** What waits after a move: due and warned times per case, and the desks that hold it. */
export interface Placed {
  readonly dueAt: Date | null
  readonly desks: readonly string[]
}

/** Members of panels by panel and role; read by whoever keeps panels. */
export type Panelists = ReadonlyMap<string, readonly string[]>

/**
 * Puts cases of one flow that have just entered a state on the desks of those who act next, and starts the clock there.
 * Answers when each is due and at which desks it lies. Statements do not grow with the number of cases. As the importer.
 */
export const placeTasks = async (
  db: Db,
  flow: Flow,
  state: string,
  cases: readonly Case[],
  today: PlainDate,
  panelists: Panelists = new Map(),
): Promise<ReadonlyMap<string, Placed>> => {
  const entered = stateOf(flow, state)
  const posts = (entered?.desk ?? []).filter((role) => !isRelation(role))
  const placed = new Map<string, Placed>()
  if (!entered || cases.length === 0) return placed
  const first = cases[0] as Case
  const wanted = [
    ...new Map(
      cases.map((one) => [keyOf(one), { key: keyOf(one), place: one.place, excluded: one.excluded }]),
    ).values(),
  ]
  const desks = posts.length > 0 ? await findDesks(db, wanted, posts, today) : new Map<string, string | null>()
  const workingAt =
    entered.clock?.unit === 'working-days' ? await readWorkingDays(db, dayOf(first.enteredAt)) : () => () => true
  const rows = cases.flatMap((one) => {
    const due = entered.clock ? dueAt(entered.clock, one.enteredAt, workingAt(one.place)) : null
    const warn = entered.clock ? (warnAt(entered.clock, one.enteredAt, workingAt(one.place)) ?? null) : null
    const desk = posts.length > 0 ? [desks.get(keyOf(one)) ?? deskAt(one.place, posts[0] as string)] : []
    placed.set(one.id, { dueAt: due, desks: desk })
    const at = { caseId: one.id, dueAt: due, warnAt: warn }
    return [
      ...desk.map((name) => ({ ...at, id: uuidv7(), desk: name, personId: null })),
      ...watchedBy(entered, desk, personsOf(entered, one, panelists)).map((personId) => ({
        ...at,
        id: uuidv7(),
        desk: null,
        personId,
      })),
    ]
  })
  if (rows.length > 0)
    await db.change(sql`insert into flow_tasks (school_id, id, case_id, flow, student_id, scope, box, desk, person_id, state,
        opened_at, due_at, warn_at, excluded)
      select c.school_id, t.id, c.id, c.flow, c.student_id, c.scope, 1, t.desk, t."personId", ${state}, c.entered_at, t."dueAt", t."warnAt", c.excluded
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as t (id uuid, "caseId" uuid, desk text, "personId" uuid, "dueAt" timestamptz, "warnAt" timestamptz)
        join flow_cases c on c.school_id = ${first.schoolId} and c.id = t."caseId"`)
  return placed
}
