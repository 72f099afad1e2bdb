import { type Db, sql } from '#server/platform'

/** A guardian among the contacts of a student, with the accounts that are theirs now. */
export interface GuardianOf {
  readonly contactId: string
  readonly name: string
  readonly relation: string | null
  readonly people: readonly string[]
}

/** The guardians of a student, with or without an account. As the importer. */
export const readGuardiansOf = (db: Db, schoolId: string, studentId: string): Promise<GuardianOf[]> =>
  db.rows<GuardianOf>(sql`select k.id as "contactId", k.name, k.relation,
      array(select l.person_id from family_links l where l.school_id = k.school_id and l.student_id = k.student_id
        and l.contact_id = k.id) as people
    from student_contacts k where k.school_id = ${schoolId} and k.student_id = ${studentId} and k.is_guardian
    order by name_order(k.name), k.id`)

/**
 * Who is shut out of a row when these guardians are: the contact itself, so that an account opened later is shut out too,
 * and the accounts of today. [G33]
 */
export const shutOutOf = (guardians: readonly GuardianOf[], contactIds: readonly string[]): readonly string[] =>
  guardians
    .filter(({ contactId }) => contactIds.includes(contactId))
    .flatMap(({ contactId, people }) => [contactId, ...people])

/** Who stays shut out beside guardians: people reported, relatives on a panel. */
export const beside = (guardians: readonly GuardianOf[], excluded: readonly string[]): readonly string[] => {
  const family = new Set(guardians.flatMap(({ contactId, people }) => [contactId, ...people]))
  return excluded.filter((id) => !family.has(id))
}
