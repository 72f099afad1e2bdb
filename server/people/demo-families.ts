import { rangeOf } from '#contract/organisations'
import { youngestSignIn } from '#contract/people'
import { type Db, sql } from '#server/platform'
import type { KeptChild } from './family-kept.ts'
import { rewriteFamilySettings } from './follow-contacts.ts'
import { addFamilyMember, linkFamily } from './invite-family.ts'

/** Sign-ins of families in a demonstration, printed with those of staff. */
export const demoFamilyRoles = [
  { loginName: 'jiazhang', role: '家长' },
  { loginName: 'jiazhang2', role: '家长(另一家)' },
  { loginName: 'xuesheng', role: '学生' },
] as const

type ChildRow = KeptChild & {
  readonly contact_id: string | null
  readonly member_name: string
  readonly member_key: string
}

interface Place {
  readonly id: string
  readonly path: string
}

// One household of the county, the class teacher's children first; with `many` rather one with several children at school.
const findGuardians = (db: Db, county: Place, many: boolean): Promise<ChildRow[]> => {
  const { lo, hi } = rangeOf(county.path)
  return db.rows<ChildRow>(sql`with shown as (
      select a.unit_id as id from appointments a join accounts o on o.person_id = a.person_id
      where o.login_name = 'banzhuren' and a.post = 'class-teacher' limit 1),
    chosen as (
      select s.household_id, k.name_key from students s
        join student_contacts k on k.school_id = s.school_id and k.student_id = s.id
      where s.scope >= ${lo} and s.scope < ${hi} and s.status = 1 and s.household_id is not null
        and k.is_guardian and k.contact_limit = 'none' and k.until_date is null
        and not exists (select from family_links l where l.student_id = s.id)
      group by s.household_id, k.name_key
      order by (count(*) > 1) = ${many} desc, bool_or(s.class_id in (select id from shown)) desc, s.household_id limit 1)
    select s.school_id as "schoolId", s.id as "studentId", s.name, s.name_key, s.scope, o.path as school_path, s.stage,
      s.birth_date::text, k.id as contact_id, k.name as member_name, k.name_key as member_key
    from chosen c join students s on s.household_id = c.household_id and s.status = 1
      join student_contacts k on k.school_id = s.school_id and k.student_id = s.id and k.name_key = c.name_key
        and k.is_guardian and k.contact_limit = 'none' and k.until_date is null
      join units o on o.id = s.school_id order by s.birth_date, s.id`)
}

const findOldStudent = (db: Db, county: Place, today: string): Promise<ChildRow[]> => {
  const { lo, hi } = rangeOf(county.path)
  return db.rows<ChildRow>(sql`select s.school_id as "schoolId", s.id as "studentId", s.name, s.name_key, s.scope, o.path as school_path,
      s.stage, s.birth_date::text, null::uuid as contact_id, s.name as member_name, s.name_key as member_key
    from students s join units o on o.id = s.school_id
    where s.scope >= ${lo} and s.scope < ${hi} and s.status = 1
      and s.birth_date <= ${today}::date - make_interval(years => ${youngestSignIn})
    order by exists (select from recognitions r where r.student_id = s.id) desc, s.birth_date desc, s.id limit 1`)
}

/**
 * Makes the demonstration's sign-ins of two guardians and one student over a loaded county, as the importer; those there
 * already stay, and one for whom the county has nobody is left out.
 */
export const createDemoFamilies = async (db: Db, county: Place, password: string, today: string): Promise<void> => {
  for (const { loginName } of demoFamilyRoles) {
    const known = await db.first(sql`select 1 as known from accounts where login_name = ${loginName}`)
    if (known) continue
    const student = loginName === 'xuesheng'
    const rows = student
      ? await findOldStudent(db, county, today)
      : await findGuardians(db, county, loginName === 'jiazhang2')
    const [first] = rows
    if (!first) continue
    const kind = student ? 'student' : 'guardian'
    const { member_name: name, member_key: nameKey, school_path: scope } = first
    const { id } = await addFamilyMember(
      db,
      { kind, name, nameKey, scope, digest: null, password, codeUntil: null },
      loginName,
    )
    for (const row of rows) await linkFamily(db, row, id, row.contact_id, id)
    await rewriteFamilySettings(db, [id], today)
  }
}
