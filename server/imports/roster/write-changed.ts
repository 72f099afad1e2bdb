import { type Db, sql } from '#server/platform'
import { applyFacts } from '../apply-facts.ts'
import { moveScopes } from './move-scopes.ts'
import { particulars } from './write-around.ts'
import { rosterFacts, sayOfKnown } from './write-first-facts.ts'

const writeStudents = (db: Db): Promise<number> =>
  db.change(sql`update students st set scope = s.scope, class_id = s.class_id, stage = s.stage, grade = coalesce(s.grade, st.grade),
      name = s.name, name_key = s.name_key, initials = s.initials, number = coalesce(s.number, st.number),
      national_number = coalesce(s.national_number, st.national_number), sex = coalesce(s.sex, st.sex),
      birth_date = coalesce(s.birth_date, st.birth_date), entered_on = coalesce(s.entered_on, st.entered_on),
      home_town = coalesce(s.town, st.home_town), household_id = coalesce(s.household_id, st.household_id), status = 1, left_on = null
    from s where s.outcome = 2 and st.school_id = s.school_id and st.id = s.student_id`)

// Whoever held a number that is now another's gives it up first: a number belongs to one student of a school.
const writeParticulars = async (db: Db): Promise<void> => {
  await db.change(sql`update student_particulars k set identity_digest = null from s
    where s.outcome = 2 and k.identity_digest = s.id_digest and k.school_id = s.school_id and k.student_id <> s.student_id`)
  const kept = particulars.columns.split(', ').map((column) => `${column} = coalesce(excluded.${column}, k.${column})`)
  await db.change({
    text: `insert into student_particulars as k (school_id, student_id, scope, ${particulars.columns})
      select s.school_id, s.student_id, s.scope, ${particulars.values} from s where s.outcome = 2
      on conflict (student_id, school_id) do update set scope = excluded.scope, ${kept.join(', ')}`,
  })
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
  await writeParticulars(db)
  await writePieces(db)
  await writeContacts(db, asOf)
  await sayOfKnown(db)
  await applyFacts(db, { facts: rosterFacts, sourceId, asOf, refresh: false })
}
