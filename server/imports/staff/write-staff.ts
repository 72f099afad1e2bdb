import { type Db, sql } from '#server/platform'

/** Writes the judged rows of a staff list: people, phones, posts from the list's day on. Answers who was touched. [T7] */
export const writeStaff = async (db: Db, asOf: string): Promise<readonly string[]> => {
  await db.change(sql`update s set student_id = fresh_id where outcome = 1`)
  await db.change(sql`insert into people (id, home_unit_id, scope, name, name_key, initials, employee_number, sex, subject, home_town, skills)
    select s.student_id, s.school_id, s.scope, s.name, s.name_key, s.initials, s.number, s.sex, s.detail ->> 'subject', s.town,
      array(select jsonb_array_elements_text(s.detail -> 'skills'))
    from s where s.outcome = 1`)
  await db.change(sql`update people p set name = s.name, name_key = s.name_key, initials = s.initials,
      employee_number = coalesce(s.number, p.employee_number), sex = coalesce(s.sex, p.sex),
      subject = coalesce(s.detail ->> 'subject', p.subject), home_town = coalesce(s.town, p.home_town),
      skills = case when jsonb_array_length(s.detail -> 'skills') = 0 then p.skills
        else array(select jsonb_array_elements_text(s.detail -> 'skills')) end
    from s where s.outcome = 2 and p.id = s.student_id`)
  await db.change(sql`insert into people_contacts (person_id, scope, mobile_cipher)
    select student_id, scope, decode(detail ->> 'phone', 'base64') from s where outcome in (1, 2) and detail ->> 'phone' is not null
    on conflict (person_id) do update set mobile_cipher = excluded.mobile_cipher`)
  await appointAll(db, asOf)
  await db.change(sql`insert into import_traces (school_id, subject_id, kind, digest)
    select school_id, student_id, 'staff', trace from s where outcome in (1, 2)
    on conflict (school_id, subject_id, kind) do update set digest = excluded.digest`)
  const touched = await db.rows<{ id: string }>(sql`select student_id as id from s where outcome in (1, 2)
    union select person_id from replaced`)
  return touched.map(({ id }) => id)
}

// A class has one class teacher: who is named now follows whoever was before.
const appointAll = async (db: Db, asOf: string): Promise<void> => {
  await db.change(sql`create temp table wanted on commit drop as
    select s.student_id as person_id, s.school_id as unit_id, s.scope, post
    from s cross join lateral jsonb_array_elements_text(s.detail -> 'posts') as post where s.outcome in (1, 2)
    union select s.student_id, s.class_id, u.path, 'class-teacher' from s join units u on u.id = s.class_id where s.outcome in (1, 2)`)
  await db.change(sql`create temp table replaced (person_id uuid) on commit drop`)
  await db.change(sql`with ended as (update appointments a set until_date = greatest(${asOf}::date, a.from_date) from wanted w
      where w.post = 'class-teacher' and a.post = 'class-teacher' and a.unit_id = w.unit_id and a.person_id <> w.person_id
        and a.until_date is null returning a.person_id)
    insert into replaced select person_id from ended`)
  await db.change(sql`insert into appointments (id, person_id, unit_id, scope, post, from_date)
    select gen_random_uuid(), w.person_id, w.unit_id, w.scope, w.post, ${asOf}::date from wanted w
    where not exists (select from appointments a where a.person_id = w.person_id and a.unit_id = w.unit_id and a.post = w.post
      and a.until_date is null)`)
}
