import { pathsAbove } from '#contract/organisations'
import { type Db, sql } from '#server/platform'

export interface Answerable {
  /** True when nobody holds the post itself: shown as 无人负责. */
  readonly vacant: boolean
  /** The post that answers: the one asked for, or the next one up; null when nobody answers at all. */
  readonly post: string | null
  readonly unitName: string | null
  readonly holders: readonly { readonly personId: string; readonly name: string }[]
}

interface Row {
  readonly asked: string
  readonly post: string
  readonly unit_name: string
  readonly holders: readonly { readonly personId: string; readonly name: string }[]
}

const nobody: Answerable = { vacant: true, post: null, unitName: null, holders: [] }

/**
 * Who answers for a post at each of these units on a day: its holder at the unit or nearest above, else the holder of
 * the next post in `fallback`. Runs as a job, because a school's people don't see who holds a post at the county. [T7]
 */
export const answerableFor = async (
  db: Db,
  asked: {
    readonly post: string
    readonly fallback: readonly string[]
    readonly unitPaths: readonly string[]
    readonly today: string
  },
): Promise<ReadonlyMap<string, Answerable>> => {
  const order = [asked.post, ...asked.fallback]
  const places = asked.unitPaths.flatMap((path) => [path, ...pathsAbove(path)].map((at) => ({ asked: path, at })))
  const rows = await db.rows<Row>(sql`
    select distinct on (place.asked) place.asked, a.post, u.name as unit_name,
      jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name) order by a.from_date, a.id) as holders
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as place (asked text, at text)
      join units u on u.path = place.at
      join appointments a on a.unit_id = u.id and a.post = any(${order}::text[])
      join people p on p.id = a.person_id
    where a.from_date <= ${asked.today}::date and (a.until_date is null or a.until_date > ${asked.today}::date)
    group by place.asked, a.post, u.id
    order by place.asked, array_position(${order}::text[], a.post), length(u.path) desc`)
  const found = new Map(rows.map((row) => [row.asked, row]))
  return new Map(
    asked.unitPaths.map((path) => {
      const row = found.get(path)
      if (!row) return [path, nobody]
      return [path, { vacant: row.post !== asked.post, post: row.post, unitName: row.unit_name, holders: row.holders }]
    }),
  )
}
