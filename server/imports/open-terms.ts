import { type Db, sql } from '#server/platform'

/** Terms as schools of the east keep them, until the office enters its own: autumn from 1 September, spring from mid-February. */
export const openUsualTerms = (db: Db, unitId: string, firstYear: number, lastYear: number): Promise<number> =>
  db.change(sql`insert into school_terms (unit_id, school_year, term, starts_on, ends_on)
    select ${unitId}::uuid, y, t.term, make_date(y + t.over, t.from_month, t.from_day), make_date(y + 1, t.to_month, t.to_day)
    from generate_series(${firstYear}::int, ${lastYear}::int) as y
      cross join (values (1, 0, 9, 1, 1, 25), (2, 1, 2, 17, 7, 3)) as t(term, over, from_month, from_day, to_month, to_day)
    on conflict do nothing`)
