import { type listUnits as declared, rangeOf, type UnitNode } from '#contract/organisations'
import type { AnswerOf, QueryOf } from '#contract/platform'
import { type Actor, type Db, raw, type Services, sql } from '#server/platform'
import { unitOrder } from './unit-order.ts'

const mostFound = 50

const node = raw(`u.id, u.parent_id as "parentId", u.path, u.kind, u.name, u.code, u.urban, u.closed_on as "closedOn",
  (select count(*)::int from units c where c.parent_id = u.id and c.closed_on is null) as children`)

/** Units directly below one, in the order people expect; closed ones only when asked for. */
export const readChildren = (db: Db, parentId: string, withClosed: boolean): Promise<UnitNode[]> =>
  db.rows<UnitNode>(sql`select ${node} from units u
    where u.parent_id = ${parentId} and (u.closed_on is null or ${withClosed}) order by ${raw(unitOrder('u'))}`)

/** One unit as a node of the tree, or undefined. */
export const findNode = (db: Db, id: string): Promise<UnitNode | undefined> =>
  db.first<UnitNode>(sql`select ${node} from units u where u.id = ${id}`)

// The start of a name anywhere, a part of it within one's own tree, or a whole code.
const search = (db: Db, text: string, withClosed: boolean, home: string): Promise<UnitNode[]> => {
  const { lo, hi } = rangeOf(home)
  return db.rows<UnitNode>(sql`select ${node} from units u
    where (u.name ^@ ${text} or u.code = ${text}
        or (u.path >= ${lo} and u.path < ${hi} and position(${text} in u.name) > 0))
      and (u.closed_on is null or ${withClosed})
    order by u.name ^@ ${text} desc, length(u.path), ${raw(unitOrder('u'))} limit ${mostFound}`)
}

/** Where a person's tree begins: the topmost units of their posts, else the unit they belong to. */
const rootsOf = (db: Db, { posts, settings }: Actor): Promise<{ id: string; path: string }[]> => {
  const paths = posts.length > 0 ? posts.map(({ unitPath }) => unitPath) : [settings.home_lo ?? '']
  const topmost = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(other)))
  return db.rows(sql`select id, path from units where path = any(${[...new Set(topmost)]}::text[]) order by path`)
}

/**
 * Units below one, units found by name or code, or, when nothing is asked, the units where the reader's tree begins.
 * [T2] Which units exist is no secret among those signed in.
 */
export const listUnits = (
  services: Services,
  actor: Actor,
  query: QueryOf<typeof declared>,
): Promise<AnswerOf<typeof declared>> =>
  services.door.asActor(actor, async (db, me) => {
    const roots = await rootsOf(db, me)
    const withClosed = query.withClosed === 'yes'
    const text = query.search?.trim() ?? ''
    const find = async (): Promise<UnitNode[]> => {
      if (text) return search(db, text, withClosed, roots[0]?.path ?? '')
      if (query.parent) return readChildren(db, query.parent, withClosed)
      const found = await Promise.all(roots.map(({ id }) => findNode(db, id)))
      return found.filter((unit) => unit !== undefined)
    }
    return { units: await find(), roots: roots.map(({ id }) => id) }
  })
