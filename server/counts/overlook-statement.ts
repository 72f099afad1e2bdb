import { unitOrder } from '#server/organisations'
import type { Statement } from '#server/platform'
import { centreOf, hasCentre } from './figures-statement.ts'
import type { View } from './scene.ts'

/** What a row of the statement tells of, and in which column it says so. */
export const tells = { unit: 0, above: 1, line: 2, figures: 3, total: 4 } as const
export const tellsAt = 4

const direct = `parent_id = $1 and closed_on is null and kind <> 'office'`
const deserves = 'u.closed_on is null and u.kind = any($7::text[])'

// Units right below a county mostly are schools without units of their own, so their figures stand at their own paths and
// are looked up all at once; those further below are looked for only where there are any. Everything is read from indexes.
// A coverage's figures are one row of lists: which unit each stands under and how it is written is the program's, which
// does it in a fraction of the time, but takes a row apart more slowly than a list.
const text = `with view as (select * from unnest($3::int[], $4::int[], $5::date[]) as v(number, measure, period)),
  tree as materialized (
    select count(*) filter (where ${direct}) as below, count(*) filter (where parent_id <> $1 and path > $2) as deeper,
      count(*) filter (where ${deserves}) as need,
      count(*) filter (where ${hasCentre('$8::text[]', '$11::date', '$2')} and ${deserves}) as met
    from units u where kind <> 'class' and path >= $2 and path < $2 || '~'),
  page as materialized (
    select id, name, kind, path, row_number() over (order by ${unitOrder('units')}) as at from units
    where ${direct} order by ${unitOrder('units')} offset $9 limit $10),
  place as materialized (
    select path, id, kind, null::date as closed_on from page
    union all
    select u.path, u.id, u.kind, u.closed_on
    from units u join page p on p.path = left(u.path, length($2) + strpos(substr(u.path, length($2) + 1), '.'))
    where (select deeper from tree) > 0 and u.kind <> 'class' and u.path > $2 and u.path < $2 || '~' and u.parent_id <> $1)
  select u.id, u.name, u.kind, u.path as place, ${tells.unit} as what, null::int as number, t.below::text as need, null as met,
    null as reviewed, u.school_id from units u, tree t where u.id = $1
  union all
  select id, name, kind, path, ${tells.above}, null, null, null, null, null from units
    where path = any(array(select left($2, n) from generate_series(1, length($2) - 1) n where substr($2, n, 1) = '.')::text[])
  union all
  select id, name, kind, path, ${tells.line}, at::int, null, null, null, null from page
  union all
  select null, null, null, f.places, ${tells.figures}, v.number, f.need, f.met, f.reviewed, null
    from view v cross join lateral (
      select array_agg(s.scope)::text as places, array_agg(s.need)::text as need, array_agg(s.met)::text as met,
        array_agg(s.reviewed)::text as reviewed
      from sums s where s.split = 0 and s.measure = v.measure and s.period = v.period
        and s.scope = any((select array_agg(path) from place)::text[])) f
  union all
  select null, null, null, array_agg(u.path)::text, ${tells.figures}, $6::int, array_agg(1)::text,
    array_agg(case when ${hasCentre('$8::text[]', '$11::date', '$2')} then 1 else 0 end)::text, array_agg(0)::text, null
    from place u where ${deserves}
  union all
  select null, null, null, null, ${tells.total}, v.number, f.need, f.met, f.reviewed, null
    from view v cross join lateral (
      select sum(s.need)::text as need, sum(s.met)::text as met, sum(s.reviewed)::text as reviewed from sums s
      where s.split = 0 and s.measure = v.measure and s.period = v.period and s.scope >= $2 and s.scope < $2 || '~') f
  union all
  select null, null, null, null, ${tells.total}, $6::int, need::text, met::text, null, null from tree`

/** The page's columns of figures, as arrays; the same for everybody who sees the same coverages. */
export const columnsOf = (views: readonly View[]): readonly unknown[] => {
  const kept = views.flatMap(({ number, measures, planned }) =>
    planned ? measures.map((measure) => ({ number, measure, period: planned.period.startsOn })) : [],
  )
  const centre = centreOf(views)
  return [
    kept.map(({ number }) => number),
    kept.map(({ measure }) => measure),
    kept.map(({ period }) => period),
    centre.number,
    centre.kinds,
    centre.needs,
  ]
}

/**
 * A page of the units right below a unit above schools with all their figures, and the unit's own, for `readOverlooked`:
 * one statement as the overlooker. `path` is where the unit is believed to stand; the answer says where it does. [C12 S10]
 */
export const overlookStatement = (
  { unitId, path, on }: { readonly unitId: string; readonly path: string; readonly on: string },
  columns: readonly unknown[],
  { after, limit }: { readonly after: number; readonly limit: number },
): Statement => ({
  text,
  values: [unitId, path, ...columns, after, limit, on],
  asOverlooker: true,
  asRow: true,
})
