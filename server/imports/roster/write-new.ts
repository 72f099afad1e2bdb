import { type Db, sql } from '#server/platform'
import { writeFirstFacts } from './write-first-facts.ts'

const writeStudents = (db: Db): Promise<number> =>
  db.change(sql`insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, home_town, household_id)
    select school_id, student_id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, town, household_id
    from s where outcome = 1`)

const writeIdentities = async (db: Db): Promise<void> => {
  await db.change(sql`insert into student_identities (school_id, student_id, scope, cipher)
    select school_id, student_id, scope, id_cipher from s where outcome = 1 and id_cipher is not null`)
  await db.change(sql`insert into identity_index (digest, student_id, school_id)
    select id_digest, student_id, school_id from s where outcome = 1 and id_digest is not null order by id_digest`)
}

const writePieces = (db: Db): Promise<number> =>
  db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
    select substr(s.name, start.at), s.scope, s.school_id, s.student_id
    from s cross join lateral generate_series(2, char_length(s.name)) as start(at) where s.outcome = 1 order by 1, 2`)

const writeLivings = (db: Db): Promise<number> =>
  db.change(sql`insert into student_households (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher)
    select school_id, student_id, scope, household_id, coalesce(head_name, guardian1_name), coalesce(head_key, guardian1_key), town,
      address_cipher
    from s where outcome = 1 and household_id is not null`)

const guardian = (nth: 1 | 2): string =>
  `select s.school_id, s.student_id, gen_random_uuid(), s.scope, s.guardian${nth}_name, s.guardian${nth}_key, s.guardian${nth}_relation, true,
    s.guardian${nth}_phone, $1::date from s where s.outcome = 1 and s.guardian${nth}_name is not null`

const writeContacts = (db: Db, asOf: string): Promise<number> =>
  db.change({
    text: `insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian, phone_cipher, from_date)
      ${guardian(1)} union all ${guardian(2)}`,
    values: [asOf],
  })

/**
 * Writes the students of the work table whom nobody knew, one statement per table in the order in which the table lies:
 * nothing of theirs can be there yet, so nothing is looked up.
 */
export const writeNew = async (
  db: Db,
  { sourceId, asOf }: { readonly sourceId: string; readonly asOf: string },
): Promise<void> => {
  await writeStudents(db)
  await writeIdentities(db)
  await writePieces(db)
  await writeLivings(db)
  await writeContacts(db, asOf)
  await writeFirstFacts(db, sourceId, asOf)
  await db.change(sql`insert into import_traces (school_id, subject_id, kind, digest)
    select school_id, student_id, 'roster', trace from s where outcome = 1`)
}
