import { familyDomains, type Relation } from '#contract/people'
import { type Db, maskOf, sql } from '#server/platform'

interface Row {
  readonly id: string
  readonly kind: Relation
  readonly at: string
  readonly seen: string[]
  readonly barred: string[]
}

/** What one family account sees, ready to be stored beside those of staff. It holds no posts and no range of the tree. */
export interface FamilyInForce {
  readonly id: string
  readonly settings: Readonly<Record<string, string>>
  readonly posts: readonly never[]
}

const listed = (name: string, ids: readonly string[]): Record<string, string> =>
  ids.length > 0 ? { [name]: `{${ids.join(',')}}` } : {}

const settingsOf = ({ kind, at, seen, barred }: Row): FamilyInForce['settings'] => ({
  family: kind,
  // Where it stands in the audit log; no policy reads it.
  at,
  ...listed('students', seen),
  ...(seen.length > 0 ? { list_kinds: maskOf(familyDomains) } : {}),
  ...listed('barred', barred),
})

/**
 * What these family accounts see on a day: a guardian the children whose contact of that name is guardian, in force and
 * without limit; a student itself. One limit on any contact of that name at any school closes the child. People who are
 * no family are left out. Runs as the importer. [C6 G33]
 */
export const readFamilyInForce = async (
  db: Db,
  personIds: readonly string[],
  today: string,
): Promise<readonly FamilyInForce[]> => {
  const rows = await db.rows<Row>(sql`
    with link as (
      select m.id, m.kind, m.scope, l.student_id, m.kind = 'student' as own,
        bool_or(k.is_guardian and k.id = l.contact_id) as guardian,
        bool_or(k.contact_limit <> 'none') as limited
      from family_members m join family_links l on l.person_id = m.id
        left join family_links every on every.person_id = m.id and every.student_id = l.student_id
        left join student_contacts k on k.student_id = l.student_id
          and (k.name_key = m.name_key or k.id = every.contact_id)
          and (k.from_date is null or k.from_date <= ${today}::date) and (k.until_date is null or k.until_date > ${today}::date)
      where m.id = any(${personIds}::uuid[])
      group by m.id, m.kind, m.scope, l.student_id)
    select m.id, m.kind, m.scope as at,
      array(select distinct student_id from link where id = m.id and (own or (guardian and not limited)) order by 1) as seen,
      array(select distinct student_id from link where id = m.id and not own and limited order by 1) as barred
    from family_members m where m.id = any(${personIds}::uuid[])`)
  return rows.map((row) => ({ id: row.id, settings: settingsOf(row), posts: [] }))
}
