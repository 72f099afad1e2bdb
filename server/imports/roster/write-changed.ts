import { type Db, sql } from '#server/platform'
import { applyFacts } from '../apply-facts.ts'
import { moveScopes } from './move-scopes.ts'
import { rosterFacts, sayOfKnown } from './write-first-facts.ts'

const writeStudents = (db: Db): Promise<number> =>
  db.change(sql`update students st set scope = s.scope, class_id = s.class_id, stage = s.stage, grade = coalesce(s.grade, st.grade),
      name = s.name, name_key = s.name_key, initials = s.initials, number = coalesce(s.number, st.number),
      national_number = coalesce(s.national_number, st.national_number), sex = coalesce(s.sex, st.sex),
      birth_date = coalesce(s.birth_date, st.birth_date), entered_on = coalesce(s.entered_on, st.entered_on),
      home_town = coalesce(s.town, st.home_town), household_id = coalesce(s.household_id, st.household_id), status = 1, left_on = null
    from s where s.outcome = 2 and st.school_id = s.school_id and st.id = s.student_id`)

const writeIdentities = async (db: Db): Promise<void> => {
  await db.change(sql`insert into student_identities (school_id, student_id, scope, cipher)
    select school_id, student_id, scope, id_cipher from s where outcome = 2 and id_cipher is not null
    on conflict (school_id, student_id) do update set cipher = excluded.cipher, scope = excluded.scope`)
  await db.change(sql`delete from identity_index i using s where s.outcome = 2 and s.id_digest is not null
    and i.school_id = s.school_id and i.student_id = s.student_id and i.digest <> s.id_digest`)
  await db.change(sql`insert into identity_index (digest, student_id, school_id)
    select id_digest, student_id, school_id from s where outcome = 2 and id_digest is not null
    on conflict (digest, school_id) do update set student_id = excluded.student_id
      where identity_index.student_id <> excluded.student_id`)
}

const writePieces = async (db: Db): Promise<void> => {
  await db.change(
    sql`delete from name_pieces n using s where s.outcome = 2 and n.school_id = s.school_id and n.student_id = s.student_id`,
  )
  await db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
    select substr(s.name, start.at), s.scope, s.school_id, s.student_id
    from s cross join lateral generate_series(2, char_length(s.name)) as start(at) where s.outcome = 2
    on conflict do nothing`)
}

const writeLivings = (db: Db): Promise<number> =>
  db.change(sql`insert into student_households (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher)
    select school_id, student_id, scope, household_id, coalesce(head_name, guardian1_name), coalesce(head_key, guardian1_key), town,
      address_cipher
    from s where outcome = 2 and household_id is not null
    on conflict (school_id, student_id) do update set household_id = excluded.household_id, scope = excluded.scope,
      head_name = coalesce(excluded.head_name, student_households.head_name),
      head_key = coalesce(excluded.head_key, student_households.head_key),
      town = coalesce(excluded.town, student_households.town),
      address_cipher = coalesce(excluded.address_cipher, student_households.address_cipher)`)

const writeContacts = async (db: Db, asOf: string): Promise<void> => {
  await db.change(sql`create temp table guardians on commit drop as
    select s.school_id, s.student_id, s.scope, g.name, g.key, g.relation, g.phone
    from s cross join lateral (values (guardian1_name, guardian1_key, guardian1_relation, guardian1_phone),
      (guardian2_name, guardian2_key, guardian2_relation, guardian2_phone)) as g(name, key, relation, phone)
    where s.outcome = 2 and g.name is not null`)
  await db.change(sql`update student_contacts k set relation = coalesce(g.relation, k.relation),
      phone_cipher = coalesce(g.phone, k.phone_cipher), scope = g.scope
    from guardians g
    where k.school_id = g.school_id and k.student_id = g.student_id and k.name_key = g.key and k.until_date is null`)
  await db.change(sql`insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian, phone_cipher, from_date)
    select g.school_id, g.student_id, gen_random_uuid(), g.scope, g.name, g.key, g.relation, true, g.phone, ${asOf}::date
    from guardians g
    where not exists (select from student_contacts k where k.school_id = g.school_id and k.student_id = g.student_id
      and k.name_key = g.key and k.until_date is null)`)
}

/** Writes what a roster says of students already known; what it does not mention stays. Whoever changed class takes everything along. [T2] */
export const writeChanged = async (
  db: Db,
  { sourceId, asOf }: { readonly sourceId: string; readonly asOf: string },
): Promise<void> => {
  await moveScopes(db, () => writeStudents(db))
  await writeIdentities(db)
  await writePieces(db)
  await writeLivings(db)
  await writeContacts(db, asOf)
  await sayOfKnown(db)
  await applyFacts(db, { facts: rosterFacts, sourceId, asOf, refresh: false })
  await db.change(sql`insert into import_traces (school_id, subject_id, kind, digest)
    select school_id, student_id, 'roster', trace from s where outcome = 2
    on conflict (school_id, subject_id, kind) do update set digest = excluded.digest`)
}
