import type { listPanelPeople as declared } from '#contract/flows'
import { rangeOf } from '#contract/organisations'
import { postsOver } from '#contract/people'
import { type AnswerOf, forbidden, notFound, type ParamsOf, type QueryOf } from '#contract/platform'
import { type Actor, type Db, reachOf, sql } from '#server/platform'
import type { Engine } from './engine.ts'

type People = AnswerOf<typeof declared>['people']

interface Kin {
  readonly personId: string
  readonly studentId: string
  readonly studentName: string
  readonly className: string
}

// Whoever is kept from a child does not find its family here either: read as the person.
const readKin = (db: Db, path: string): Promise<Kin[]> => {
  const { lo, hi } = rangeOf(path)
  return db.rows<Kin>(sql`select l.person_id as "personId", l.student_id as "studentId", s.name as "studentName", k.name as "className"
    from family_links l join students s on s.school_id = l.school_id and s.id = l.student_id join units k on k.id = s.class_id
    where l.scope >= ${lo} collate "C" and l.scope < ${hi} collate "C" and s.status = 1`)
}

const most = 50

const parentsAmong = async (db: Db, kin: readonly Kin[], search: string): Promise<People> =>
  db.rows<People[number]>(sql`select f.id as "personId", f.name, k.words
    from (select "personId", string_agg("className" || ' ' || "studentName" || '的家长', '、' order by "className", "studentName") as words
        from jsonb_to_recordset(${JSON.stringify(kin)}::jsonb) as k ("personId" uuid, "studentName" text, "className" text) group by 1) k
      join family_members f on f.id = k."personId" and f.kind = 'guardian'
    where ${search} = '' or strpos(f.name, ${search}) > 0 or strpos(k.words, ${search}) > 0
    order by name_order(k.words), name_order(f.name) limit ${most}`)

const readClassmates = (
  db: Db,
  path: string,
  search: string,
): Promise<{ id: string; name: string; words: string }[]> => {
  const { lo, hi } = rangeOf(path)
  return db.rows(sql`select s.id, s.name, k.name as words from students s join units k on k.id = s.class_id
    where s.scope >= ${lo} collate "C" and s.scope < ${hi} collate "C" and s.status = 1
      and (${search} = '' or strpos(s.name, ${search}) > 0) order by s.scope, s.name_order limit ${most}`)
}

// Of the people linked to a student only the student itself sits as a classmate.
const ownAccounts = async (db: Db, kin: readonly Kin[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.rows<{ id: string }>(sql`select id from family_members
    where kind = 'student' and id = any(${kin.map(({ personId }) => personId)}::uuid[])`)
  const own = new Set(rows.map(({ id }) => id))
  return new Map(kin.flatMap(({ studentId, personId }) => (own.has(personId) ? [[studentId, personId]] : [])))
}

/**
 * Parents with an account, or classmates, of a unit, for who makes up a panel there. Refuses `flows.panel-not-yours`,
 * not-found. [C19]
 */
export const listPanelPeople = async (
  engine: Engine,
  actor: Actor,
  { unitId }: ParamsOf<typeof declared>,
  { side, search }: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> => {
  const by = new Set<string>(engine.procedures.flatMap(({ panels = [] }) => panels.flatMap((panel) => panel.by)))
  const { kin, classmates } = await engine.services.door.asActor(actor, async (db, me) => {
    const unit = await db.first<{ path: string }>(sql`select path from units where id = ${unitId}`)
    const held = unit ? postsOver(me.posts, unit.path) : []
    if (!unit || (held.length === 0 && !reachOf(me).atHome(unit.path))) throw notFound()
    if (!held.some((post) => by.has(post)))
      throw forbidden('flows.panel-not-yours', '评议由班主任、辅导员或学校负责人组织。')
    return {
      kin: await readKin(db, unit.path),
      classmates: side === 'student' ? await readClassmates(db, unit.path, search) : [],
    }
  })
  return engine.services.door.asJob('importer', async (db) => {
    if (side === 'parent') return { people: await parentsAmong(db, kin, search) }
    const accounts = await ownAccounts(db, kin)
    return { people: classmates.map(({ id, name, words }) => ({ personId: accounts.get(id) ?? null, name, words })) }
  })
}
