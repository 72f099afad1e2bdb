import { type Db, raw, sql } from '#server/platform'

// Most names have two or three characters: for a function's rows a table is opened and closed for each name.
const writePieces = (db: Db, rows: string): Promise<number> =>
  db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
    select substr(s.name, start.at), s.scope, s.school_id, s.student_id
    from ${raw(rows)} s cross join (values (2), (3)) as start(at) where s.outcome = 1 and start.at <= char_length(s.name)
    union all select substr(s.name, start.at), s.scope, s.school_id, s.student_id
    from ${raw(rows)} s cross join lateral generate_series(4, char_length(s.name)) as start(at)
    where s.outcome = 1 and char_length(s.name) > 3 order by 1, 2`)

/** What a roster says of a household and of the number, and that it was said, as columns of `student_particulars`. */
export const particulars = {
  columns: 'household_id, head_name, head_key, town, address_cipher, identity_cipher, identity_digest, trace',
  // Without a household there is nothing to say of one.
  values: `s.household_id, case when s.household_id is not null then coalesce(s.head_name, s.guardian1_name) end,
    case when s.household_id is not null then coalesce(s.head_key, s.guardian1_key) end, case when s.household_id is not null then s.town end,
    case when s.household_id is not null then s.address_cipher end, s.id_cipher, s.id_digest, s.trace`,
} as const

const writeParticulars = (db: Db, rows: string): Promise<number> =>
  db.change({
    text: `insert into student_particulars (school_id, student_id, scope, ${particulars.columns})
      select s.school_id, s.student_id, s.scope, ${particulars.values} from ${rows} s where s.outcome = 1`,
  })

// Both guardians of a child one after the other, so that they reach the index side by side.
const writeContacts = (db: Db, rows: string, asOf: string): Promise<number> =>
  db.change(sql`insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian, phone_cipher, from_date)
    select s.school_id, s.student_id, g.id, s.scope, g.name, g.key, g.relation, true, g.phone, ${asOf}::date
    from ${raw(rows)} s cross join lateral (values (s.guardian1_id, s.guardian1_name, s.guardian1_key, s.guardian1_relation, s.guardian1_phone),
      (s.guardian2_id, s.guardian2_name, s.guardian2_key, s.guardian2_relation, s.guardian2_phone)) as g(id, name, key, relation, phone)
    where s.outcome = 1 and g.name is not null`)

/**
 * Writes what stands around the new students of a work table and no rule reads: numbers and households, how they are
 * found by pieces of their names, guardians. `rows` is the table.
 */
export const writeAround = async (db: Db, rows: string, asOf: string): Promise<void> => {
  await writePieces(db, rows)
  await writeParticulars(db, rows)
  await writeContacts(db, rows, asOf)
}
