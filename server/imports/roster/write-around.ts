import { type Db, raw, sql } from '#server/platform'

const writeNumbers = (db: Db, rows: string): Promise<number> =>
  db.change(sql`insert into identity_index (digest, student_id, school_id)
    select id_digest, student_id, school_id from ${raw(rows)} s where outcome = 1 and id_digest is not null order by id_digest`)

const writePieces = (db: Db, rows: string): Promise<number> =>
  db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
    select substr(s.name, start.at), s.scope, s.school_id, s.student_id
    from ${raw(rows)} s cross join lateral generate_series(2, char_length(s.name)) as start(at) where s.outcome = 1 order by 1, 2`)

const writeLivings = (db: Db, rows: string): Promise<number> =>
  db.change(sql`insert into student_households (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher)
    select school_id, student_id, scope, household_id, coalesce(head_name, guardian1_name), coalesce(head_key, guardian1_key), town,
      address_cipher
    from ${raw(rows)} s where outcome = 1 and household_id is not null`)

// Both guardians of a child one after the other, so that they reach the index side by side.
const writeContacts = (db: Db, rows: string, asOf: string): Promise<number> =>
  db.change(sql`insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian, phone_cipher, from_date)
    select s.school_id, s.student_id, gen_random_uuid(), s.scope, g.name, g.key, g.relation, true, g.phone, ${asOf}::date
    from ${raw(rows)} s cross join lateral (values (s.guardian1_name, s.guardian1_key, s.guardian1_relation, s.guardian1_phone),
      (s.guardian2_name, s.guardian2_key, s.guardian2_relation, s.guardian2_phone)) as g(name, key, relation, phone)
    where s.outcome = 1 and g.name is not null`)

/**
 * Writes what stands around the new students of a work table and no rule reads: how they are found by number and pieces of
 * their names, households, guardians. `rows` is the table.
 */
export const writeAround = async (db: Db, rows: string, asOf: string): Promise<void> => {
  await writeNumbers(db, rows)
  await writePieces(db, rows)
  await writeLivings(db, rows)
  await writeContacts(db, rows, asOf)
}
