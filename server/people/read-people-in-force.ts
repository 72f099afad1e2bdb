import { pathsAbove } from '#contract/organisations'
import { partnerPosts } from '#contract/people'
import { type Db, sql } from '#server/platform'
import type { PairInForce, PersonInForce, PostInForce } from './settings-of.ts'
import type { SeesOf, Sight } from './sight.ts'

interface PersonRow {
  readonly id: string
  readonly name: string
  readonly home_path: string | null
}

interface PostRow {
  readonly person_id: string
  readonly post: string
  readonly unit_id: string
  readonly unit_name: string
  readonly unit_kind: string
  readonly acts_at: string
  readonly lent_by: { readonly id: string; readonly name: string } | null
}

interface BarRow {
  readonly person_id: string
  readonly student_id: string
}

interface PairRow {
  readonly mentor_id: string
  readonly student_id: string
  readonly school_id: string
  readonly school_path: string
  readonly school_name: string
}

export interface PeopleInForce {
  readonly people: readonly PersonInForce[]
  /** Paths of open classes below a path that some post covers. */
  readonly classesOf: (path: string) => readonly string[]
}

/** People with their posts and pairs in force on a day. A date in `until_date` is the first day that no longer counts. */
export const readPeopleInForce = async (
  db: Db,
  personIds: readonly string[],
  seesOf: SeesOf,
  today: string,
): Promise<PeopleInForce> => {
  const people = await db.rows<PersonRow>(sql`
    select p.id, p.name, u.path as home_path from people p left join units u on u.id = p.home_unit_id
    where p.id = any(${personIds}::uuid[])`)
  const posts = await db.rows<PostRow>(sql`
    select a.person_id, a.post, u.id as unit_id, u.name as unit_name, u.kind as unit_kind,
      case when u.kind = 'office' and a.post <> all(${partnerPosts}::text[]) then coalesce(above.path, u.path) else u.path end as acts_at,
      (select jsonb_build_object('id', l.id, 'name', l.name) from people l where l.id = a.acting_for) as lent_by
    from appointments a join units u on u.id = a.unit_id
      left join units above on above.id = u.parent_id
    where a.person_id = any(${personIds}::uuid[])
      and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)
      and (a.acting_for is null or exists (select from appointments o where o.person_id = a.acting_for and o.unit_id = a.unit_id
        and o.post = a.post and o.acting_for is null and o.from_date <= ${today}::date
        and (o.until_date is null or o.until_date > ${today}::date)))
    order by a.person_id, a.from_date, a.id`)
  const pairs = await db.rows<PairRow>(sql`
    select p.mentor_id, p.student_id, p.school_id, s.path as school_path, s.name as school_name
    from pairings p join units s on s.id = p.school_id
    where p.mentor_id = any(${personIds}::uuid[])
      and p.from_date <= ${today}::date and (p.until_date is null or p.until_date > ${today}::date)
    order by p.mentor_id, p.student_id`)
  const bars = Map.groupBy(await readBars(db, personIds), ({ person_id }) => person_id)
  const sightAt = remembering(db, seesOf)
  const schoolOver = await readSchools(db, [
    ...people.map((row) => row.home_path ?? ''),
    ...posts.map((row) => row.acts_at),
  ])
  const postsBy = Map.groupBy(await withSight(posts, sightAt, schoolOver), ({ personId }) => personId)
  const pairsBy = Map.groupBy(await pairsWithSight(pairs, sightAt), ({ personId }) => personId)
  return {
    people: people.map(({ id, name, home_path }) => ({
      personId: id,
      name,
      homePath: schoolOver(home_path ?? '') ?? home_path ?? '',
      posts: postsBy.get(id) ?? [],
      pairs: pairsBy.get(id) ?? [],
      barred: (bars.get(id) ?? []).map((bar) => bar.student_id),
    })),
    classesOf: await readClasses(db, postsBy),
  }
}

// A child with several homes has several households: siblings of each are kept away with it.
const readBars = (db: Db, personIds: readonly string[]): Promise<BarRow[]> =>
  db.rows<BarRow>(sql`
    select person_id, student_id from staff_bars where person_id = any(${personIds}::uuid[]) and lifted_at is null
    union
    select b.person_id, other.student_id from staff_bars b
      join student_particulars own on own.student_id = b.student_id
      join student_particulars other on other.household_id = own.household_id
    where b.person_id = any(${personIds}::uuid[]) and b.lifted_at is null and b.whole_household
    order by 1, 2`)

type SightAt = (post: string, path: string) => Promise<Sight>

const remembering = (db: Db, seesOf: SeesOf): SightAt => {
  const known = new Map<string, Promise<Sight>>()
  return (post, path) => {
    const key = `${post} ${path}`
    const found = known.get(key) ?? Promise.resolve(seesOf(post, path, db))
    known.set(key, found)
    return found
  }
}

type SchoolOver = (path: string) => string | null

// The nearest open school on the path: a school that went into another stands closed below it.
const readSchools = async (db: Db, paths: readonly string[]): Promise<SchoolOver> => {
  const asked = [...new Set(paths.flatMap((path) => [path, ...pathsAbove(path)]))]
  const rows = await db.rows<{ path: string }>(
    sql`select path from units where path = any(${asked}::text[]) and id = school_id and closed_on is null`,
  )
  const schools = new Set(rows.map(({ path }) => path))
  return (path) => [path, ...pathsAbove(path).reverse()].find((at) => schools.has(at)) ?? null
}

const withSight = async (rows: readonly PostRow[], sightAt: SightAt, schoolOver: SchoolOver) => {
  const posts: (PostInForce & { personId: string })[] = []
  for (const row of rows)
    posts.push({
      personId: row.person_id,
      post: row.post,
      unitId: row.unit_id,
      unitName: row.unit_name,
      unitKind: row.unit_kind,
      actsAt: row.acts_at,
      schoolPath: schoolOver(row.acts_at),
      sight: await sightAt(row.post, row.acts_at),
      lentBy: row.lent_by,
    })
  return posts
}

const pairsWithSight = async (rows: readonly PairRow[], sightAt: SightAt) => {
  const pairs: (PairInForce & { personId: string })[] = []
  for (const row of rows)
    pairs.push({
      personId: row.mentor_id,
      studentId: row.student_id,
      schoolId: row.school_id,
      schoolPath: row.school_path,
      schoolName: row.school_name,
      sight: await sightAt('mentor', row.school_path),
    })
  return pairs
}

// Only someone with more than two places can need the classes below one of them.
const readClasses = async (
  db: Db,
  postsBy: ReadonlyMap<string, readonly PostInForce[]>,
): Promise<PeopleInForce['classesOf']> => {
  const wide = [...postsBy.values()].filter((posts) => posts.length > 2).flat()
  const paths = [...new Set(wide.flatMap(({ actsAt, schoolPath }) => [actsAt, schoolPath ?? actsAt]))]
  if (paths.length === 0) return () => []
  const rows = await db.rows<{ above: string; path: string }>(sql`
    select above, u.path from unnest(${paths}::text[]) as above
      join units u on u.path >= above collate "C" and u.path < (above || '~') collate "C"
    where u.kind = 'class' and u.closed_on is null order by u.path`)
  const below = Map.groupBy(rows, ({ above }) => above)
  return (path) => (below.get(path) ?? []).map((row) => row.path)
}
