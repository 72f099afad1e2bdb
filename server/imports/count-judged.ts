import { Refusal } from '#contract/platform'
import { type Db, sql } from '#server/platform'

const movedOn = () =>
  new Refusal(
    'imports.moved-on',
    '核对之后数据已经变动(可能有人同时导入了同一份表),请重新核对后再写入。什么都没有写入。',
  )

interface Counted {
  readonly rows: number
  readonly fresh: number
  readonly changed: number
  readonly stale: number
  /** Stale rows that would not come out as unchanged. */
  readonly other: number
}

/** What the rows of a list came out as when they were judged at the commit. */
export interface Judged extends Counted {
  /** Numbers of the places of rows that are written. */
  readonly places: readonly number[]
}

/** Counts the judged rows of the work table `s`. The previewed answer of each is kept beside the new one. */
export const countJudged = async (db: Db): Promise<Judged> => {
  const counted = await db.rows<Counted & { place: number }>(sql`select place, count(*)::int as rows,
      count(*) filter (where outcome = 1)::int as fresh, count(*) filter (where outcome = 2)::int as changed,
      count(*) filter (where outcome <> previewed)::int as stale,
      count(*) filter (where outcome <> previewed and outcome <> 3)::int as other from s group by place`)
  const sum = (of: keyof Counted) => counted.reduce((total, one) => total + one[of], 0)
  return {
    rows: sum('rows'),
    fresh: sum('fresh'),
    changed: sum('changed'),
    stale: sum('stale'),
    other: sum('other'),
    places: counted.flatMap(({ place, fresh, changed }) => (fresh + changed > 0 ? [place] : [])),
  }
}

/** Whether there is anything to write: not where another import has written the same. Refuses `imports.moved-on` where answers differ. */
export const isNeeded = ({ stale, fresh, changed, other }: Judged): boolean => {
  if (stale === 0) return true
  if (fresh > 0 || changed > 0 || other > 0) throw movedOn()
  return false
}
