import { type Db, sql } from '#server/platform'
import { applyFacts } from '../apply-facts.ts'
import { moveScopes } from './move-scopes.ts'

const writeStudents = async (db: Db): Promise<void> => {
  await db.change(sql`insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, number,
      national_number, sex, birth_date, entered_on, home_town, household_id)
    select s.school_id, s.student_id, s.scope, s.class_id, s.stage, s.grade, s.name, s.name_key, s.initials, s.number,
      s.national_number, s.sex, s.birth_date, s.entered_on, s.town, h.id
    from s left join households h on h.key_digest = s.household_digest
    where s.outcome = 1 order by s.scope, s.name`)
  await db.change(sql`update students st set scope = s.scope, class_id = s.class_id, stage = s.stage, grade = coalesce(s.grade, st.grade),
      name = s.name, name_key = s.name_key, initials = s.initials, number = coalesce(s.number, st.number),
      national_number = coalesce(s.national_number, st.national_number), sex = coalesce(s.sex, st.sex),
      birth_date = coalesce(s.birth_date, st.birth_date), entered_on = coalesce(s.entered_on, st.entered_on),
      home_town = coalesce(s.town, st.home_town), household_id = coalesce(h.id, st.household_id), status = 1, left_on = null
    from s left join households h on h.key_digest = s.household_digest
    where s.outcome = 2 and st.school_id = s.school_id and st.id = s.student_id`)
}

const writeHouseholds = (db: Db, regionPath: string): Promise<number> =>
  db.change(sql`insert into households (id, region_path, key_digest)
    select distinct on (household_digest) gen_random_uuid(), ${regionPath}, household_digest
    from s where s.outcome in (1, 2) and household_digest is not null
    on conflict (key_digest) do nothing`)

const writeLivings = (db: Db): Promise<number> =>
  db.change(sql`insert into student_households (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher)
    select s.school_id, s.student_id, s.scope, h.id, s.head_name, s.head_key, s.town, s.address_cipher
    from s join households h on h.key_digest = s.household_digest where s.outcome in (1, 2)
    on conflict (school_id, student_id) do update set household_id = excluded.household_id, scope = excluded.scope,
      head_name = coalesce(excluded.head_name, student_households.head_name),
      head_key = coalesce(excluded.head_key, student_households.head_key),
      town = coalesce(excluded.town, student_households.town),
      address_cipher = coalesce(excluded.address_cipher, student_households.address_cipher)`)

const writeIdentities = async (db: Db): Promise<void> => {
  await db.change(sql`insert into student_identities (school_id, student_id, scope, cipher)
    select school_id, student_id, scope, id_cipher from s where outcome in (1, 2) and id_cipher is not null
    on conflict (school_id, student_id) do update set cipher = excluded.cipher, scope = excluded.scope`)
  await db.change(sql`delete from identity_index i using s where s.outcome = 2 and s.id_digest is not null
    and i.school_id = s.school_id and i.student_id = s.student_id and i.digest <> s.id_digest`)
  await db.change(sql`insert into identity_index (digest, student_id, school_id)
    select id_digest, student_id, school_id from s where outcome in (1, 2) and id_digest is not null
    on conflict (digest, school_id) do update set student_id = excluded.student_id
      where identity_index.student_id <> excluded.student_id`)
}

const writePieces = async (db: Db): Promise<void> => {
  await db.change(
    sql`delete from name_pieces n using s where s.outcome = 2 and n.school_id = s.school_id and n.student_id = s.student_id`,
  )
  await db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
    select substr(s.name, start.at), s.scope, s.school_id, s.student_id
    from s cross join lateral generate_series(2, char_length(s.name)) as start(at) where s.outcome in (1, 2) order by 1, 2
    on conflict do nothing`)
}

const contactsGiven = `select s.school_id, s.student_id, s.scope, c.name, c.key, c.relation, decode(c.phone, 'base64') as phone
  from s cross join lateral jsonb_to_recordset(s.contacts) as c(name text, key text, relation text, phone text)`

const writeContacts = async (db: Db, asOf: string): Promise<void> => {
  await db.change({
    text: `update student_contacts k set relation = coalesce(g.relation, k.relation), phone_cipher = coalesce(g.phone, k.phone_cipher),
        scope = g.scope
      from (${contactsGiven} where s.outcome = 2) g
      where k.school_id = g.school_id and k.student_id = g.student_id and k.name_key = g.key and k.until_date is null`,
  })
  const insert = `insert into student_contacts (school_id, student_id, id, scope, name, name_key, relation, is_guardian, phone_cipher, from_date)
    select g.school_id, g.student_id, gen_random_uuid(), g.scope, g.name, g.key, g.relation, true, g.phone, $1::date
    from (${contactsGiven}`
  await db.change({ text: `${insert} where s.outcome = 1) g`, values: [asOf] })
  await db.change({
    text: `${insert} where s.outcome = 2) g
      where not exists (select from student_contacts k where k.school_id = g.school_id and k.student_id = g.student_id
        and k.name_key = g.key and k.until_date is null)`,
    values: [asOf],
  })
}

const leaveTraces = (db: Db): Promise<number> =>
  db.change(sql`insert into import_traces (school_id, subject_id, kind, digest)
    select school_id, student_id, 'roster', trace from s where outcome in (1, 2)
    on conflict (school_id, subject_id, kind) do update set digest = excluded.digest`)

/**
 * Writes the judged rows of a roster, one statement per table: students, identity numbers, households shared by
 * siblings, guardians, facts. Students who are not on the roster stay. Answers the schools touched. [T2]
 */
export const writeRoster = async (
  db: Db,
  what: { readonly sourceId: string; readonly asOf: string; readonly regionPath: string },
): Promise<readonly string[]> => {
  await moveScopes(db)
  await writeHouseholds(db, what.regionPath)
  await writeStudents(db)
  await writeIdentities(db)
  await writePieces(db)
  await writeLivings(db)
  await writeContacts(db, what.asOf)
  await db.change(sql`create temp table said on commit drop as
    select school_id, student_id, scope, facts from s where outcome in (1, 2)`)
  await applyFacts(db, {
    facts: [
      'boarding',
      'ethnicity',
      'left_behind',
      'migrant_child',
      'single_parent',
      'per_capita_income',
      'household_size',
      'inclusive_class',
    ],
    sourceId: what.sourceId,
    asOf: what.asOf,
    refresh: false,
  })
  await leaveTraces(db)
  const schools = await db.rows<{ id: string }>(sql`select distinct school_id as id from s where outcome in (1, 2)`)
  return schools.map(({ id }) => id)
}
