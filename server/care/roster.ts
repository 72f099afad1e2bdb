import { type Db, sql } from '#server/platform'

interface At {
  readonly schoolId: string
  readonly place: string
  readonly excluded: readonly string[]
}

/** Who takes reports in at a school at an instant; nobody when no roster says so. As the importer. */
export const readOnDuty = async (db: Db, schoolId: string, at: Date): Promise<string[]> => {
  const rows = await db.rows<{ id: string }>(sql`select distinct person_id as id from duty_rosters
    where unit_id = ${schoolId} and part = 'on-duty' and from_at <= ${at} and until_at > ${at} order by 1`)
  return rows.map(({ id }) => id)
}

/**
 * Deputies at an instant, when nobody who holds one of the approvers' posts at the school is there: the post is vacant or
 * its holder is absent by the roster. Nobody while an approver is there. As the importer. [T7 X9]
 */
export const readDeputies = async (
  db: Db,
  { schoolId, place, excluded }: At,
  posts: readonly string[],
  at: Date,
  today: string,
): Promise<string[]> => {
  const rows = await db.rows<{ id: string }>(sql`
    with school as (select path from units where id = ${schoolId})
    select distinct d.person_id as id from duty_rosters d
    where d.unit_id = ${schoolId} and d.part = 'deputy' and d.from_at <= ${at} and d.until_at > ${at}
      and d.person_id <> all(${excluded}::uuid[])
      and not exists (select from appointments a, school
        where a.post = any(${posts}::text[]) and a.scope >= school.path and ${place} ^@ a.scope
          and a.from_date <= ${today}::date and (a.until_date is null or a.until_date > ${today}::date)
          and a.person_id <> all(${excluded}::uuid[])
          and not exists (select from duty_rosters o where o.person_id = a.person_id and o.part = 'absent'
            and o.from_at <= ${at} and o.until_at > ${at}))
    order by 1`)
  return rows.map(({ id }) => id)
}
