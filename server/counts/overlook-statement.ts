import { type JsonColumn, jsonText, type Statement } from '#server/platform'
import { centreOf, hasCentre } from './figures-statement.ts'
import type { View } from './scene.ts'

/** What the statement answers: lines and figures as JSON text that only passes through. */
export interface Overlooked {
  readonly path: string
  readonly name: string
  readonly kind: string
  readonly schoolId: string | null
  readonly ancestors: string
  readonly below: number
  readonly lines: string
  readonly total: string
}

const figures = `coalesce(string_agg(concat('"', n.number, '":{"need":', coalesce(f.need, 0), ',"met":', coalesce(f.met, 0),
  ',"reviewed":', case when n.reviews then coalesce(f.reviewed, 0)::text else 'null' end, '}'), ','), '')`

const line: Readonly<Record<string, JsonColumn>> = {
  unitId: { id: 'p.id' },
  name: { text: 'p.name' },
  kind: { id: 'p.kind' },
  drill: { json: `'true'` },
  figures: { json: `concat('{', ${figures}, '}')` },
}

const ancestor: Readonly<Record<string, JsonColumn>> = {
  id: { id: 'a.id' },
  name: { text: 'a.name' },
  path: { id: 'a.path' },
}

const openBelow = `c.parent_id = $1 and c.closed_on is null and c.kind <> 'office'`

// Units right below a county mostly are schools without units of their own, so their figures stand at their own paths and
// are looked up all at once; those further below are brought to the one they stand under. Everything is read from indexes.
const text = `with number as (select * from unnest($3::int[], $4::boolean[]) as n(number, reviews)),
  view as (select * from unnest($5::int[], $6::int[], $7::date[]) as v(number, measure, period)),
  page as materialized (
    select c.id, c.name, c.kind, c.path, row_number() over (order by c.sort, c.name, c.id) as at from units c
    where ${openBelow} order by c.sort, c.name, c.id offset $11 limit $12),
  place as materialized (
    select p.path as child, p.path, p.kind, p.id, true as open from page p
    union all
    select p.path, u.path, u.kind, u.id, u.closed_on is null
    from units u join page p on p.path = left(u.path, length($2) + strpos(substr(u.path, length($2) + 1), '.'))
    where u.kind <> 'class' and u.path > $2 and u.path < $2 || '~' and u.parent_id <> $1),
  stands as (
    select l.child, v.number, sum(s.need) as need, sum(s.met) as met, sum(s.reviewed) as reviewed
    from view v cross join lateral (
        select f.scope, f.need, f.met, f.reviewed from sums f
        where f.split = 0 and f.measure = v.measure and f.period = v.period
          and f.scope = any((select array_agg(path order by path) from place)::text[]) offset 0) s
      join place l on l.path = s.scope
    group by l.child, v.number
    union all
    select u.child, $8::int, count(*), count(*) filter (where ${hasCentre('$10::text[]', '$13::date', '$2')}), 0
    from place u where u.open and u.kind = any($9::text[]) group by u.child),
  lines as (
    select p.at, ${jsonText(line)} as line
    from page p cross join number n left join stands f on f.child = p.path and f.number = n.number
    group by p.at, p.id, p.name, p.kind),
  whole as (
    select v.number, sum(f.need) as need, sum(f.met) as met, sum(f.reviewed) as reviewed
    from view v cross join lateral (
      select sum(s.need) as need, sum(s.met) as met, sum(s.reviewed) as reviewed from sums s
      where s.split = 0 and s.measure = v.measure and s.period = v.period and s.scope >= $2 and s.scope < $2 || '~') f
    group by v.number
    union all
    select $8::int, count(*), count(*) filter (where ${hasCentre('$10::text[]', '$13::date', '$2')}), 0
    from units u
    where u.kind <> 'class' and u.path >= $2 and u.path < $2 || '~' and u.closed_on is null and u.kind = any($9::text[]))
  select u.path, u.name, u.kind, u.school_id as "schoolId",
    (select coalesce(string_agg(${jsonText(ancestor)}, ',' order by length(a.path)), '') from units a
      where a.path = any(array(select left(u.path, n) from generate_series(1, length(u.path) - 1) n
        where substr(u.path, n, 1) = '.')::text[])) as ancestors,
    (select count(*)::int from units c where ${openBelow}) as below,
    (select coalesce(string_agg(line, ',' order by at), '') from lines) as lines,
    (select ${figures} from number n left join whole f on f.number = n.number) as total
  from units u where u.id = $1`

/** The page's columns of figures, as arrays; the same for everybody who sees the same coverages. */
export const columnsOf = (views: readonly View[]): readonly unknown[] => {
  const kept = views.flatMap(({ number, measures, planned }) =>
    planned ? measures.map((measure) => ({ number, measure, period: planned.period.startsOn })) : [],
  )
  const centre = centreOf(views)
  return [
    views.map(({ number }) => number),
    views.map(({ rule }) => rule.showsReviewed),
    kept.map(({ number }) => number),
    kept.map(({ measure }) => measure),
    kept.map(({ period }) => period),
    centre.number,
    centre.kinds,
    centre.needs,
  ]
}

/**
 * A page of the units right below a unit above schools with all their figures, and the unit's own, as JSON: one statement
 * as the overlooker. `path` is where the unit is believed to stand; the answer says where it does. [C12 S10]
 */
export const overlookStatement = (
  { unitId, path, on }: { readonly unitId: string; readonly path: string; readonly on: string },
  columns: readonly unknown[],
  { after, limit }: { readonly after: number; readonly limit: number },
): Statement => ({
  text,
  values: [unitId, path, ...columns, after, limit, on],
  asOverlooker: true,
})
