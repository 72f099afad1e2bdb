import { stateOf } from '#contract/flows'
import { unitChanged } from '#server/organisations'
import { appointmentChanged } from '#server/people'
import { type Db, sql } from '#server/platform'
import { deskAt } from './desks.ts'
import type { Engine } from './engine.ts'
import { findDesks, isRelation, keyOf } from './place-tasks.ts'

interface Open {
  readonly schoolId: string
  readonly id: string
  readonly flow: string
  readonly state: string
  readonly place: string
  readonly excluded: readonly string[]
  readonly desks: readonly string[]
}

const atOnce = 2_000
const start = '00000000-0000-0000-0000-000000000000'

// A case about a student stands where the student's class is; whoever handles it elsewhere keeps it.
const followStudents = (db: Db): Promise<number> =>
  db.change(sql`update flow_cases c set place = c.scope from units u
    where u.path = c.place and u.kind = 'class' and c.student_id is not null and c.closed_at is null
      and c.place <> c.scope and c.scope not like '!%'`)

const readOpen = (db: Db, below: string, after: string): Promise<Open[]> =>
  db.rows<Open>(sql`select c.school_id as "schoolId", c.id, c.flow, c.state, c.place, c.excluded, c.desks from flow_cases c
    where c.closed_at is null and cardinality(c.desks) > 0 and c.id > ${after}::uuid and starts_with(c.place, ${below})
    order by c.id limit ${atOnce}`)

const moved = async (db: Db, engine: Engine, cases: readonly Open[], today: string) => {
  const changes: { schoolId: string; id: string; from: string; to: string }[] = []
  for (const group of Map.groupBy(cases, ({ flow, state }) => `${flow} ${state}`).values()) {
    const { flow, state } = group[0] as Open
    const known = engine.procedures.find((one) => one.flow.id === flow)
    const posts = known ? (stateOf(known.flow, state)?.desk ?? []).filter((role) => !isRelation(role)) : []
    if (posts.length === 0) continue
    const wanted = [...new Map(group.map((one) => [keyOf(one), { ...one, key: keyOf(one) }])).values()]
    const desks = await findDesks(db, wanted, posts, today)
    for (const one of group) {
      const to = desks.get(keyOf(one)) ?? deskAt(one.place, posts[0] as string)
      const [from] = one.desks
      if (from !== undefined && from !== to) changes.push({ schoolId: one.schoolId, id: one.id, from, to })
    }
  }
  return JSON.stringify(changes)
}

const write = async (db: Db, changes: string): Promise<number> => {
  await db.change(sql`update flow_tasks t set desk = n."to"
    from jsonb_to_recordset(${changes}::jsonb) as n ("schoolId" uuid, id uuid, "from" text, "to" text)
    where t.school_id = n."schoolId" and t.case_id = n.id and t.desk = n."from" and t.box = 1 and t.closed_at is null`)
  return db.change(sql`update flow_cases c set desks = array_replace(c.desks, n."from", n."to")
    from jsonb_to_recordset(${changes}::jsonb) as n ("schoolId" uuid, id uuid, "from" text, "to" text)
    where c.school_id = n."schoolId" and c.id = n.id`)
}

/**
 * Lays open cases at and below a path on the desks where somebody sits now: a post that was vacant is filled, one that was
 * filled is vacant, a student is in another class. Those brought in when time ran out keep theirs. Doing it twice changes
 * nothing. Answers how many moved. As the importer. [T7]
 */
export const settleDesks = async (db: Db, engine: Engine, below = ''): Promise<number> => {
  const today = engine.services.today()
  await followStudents(db)
  let many = 0
  let after = start
  for (;;) {
    const cases = await readOpen(db, below, after)
    if (cases.length === 0) return many
    many += await write(db, await moved(db, engine, cases, today))
    after = (cases.at(-1) as Open).id
  }
}

/** Lets desks follow posts and units in the transaction that changes them. */
export const followPosts = (engine: Engine): void => {
  const { events } = engine.services
  events.when(appointmentChanged, async (db, { unitPath }) => {
    await settleDesks(db, engine, unitPath)
  })
  // Places and desks are paths and were written anew with all others; who sits there now is asked again.
  events.when(unitChanged, async (db, { toPath, intoPath }) => {
    for (const path of new Set([toPath, intoPath ?? toPath])) await settleDesks(db, engine, path)
  })
}
