import { secrecyDomains } from '#contract/students'
import { type Db, raw, sql } from '#server/platform'

/** Where a file goes: the class of the new school that takes it over. */
export interface NewPlace {
  readonly schoolId: string
  readonly classId: string
  readonly scope: string
  readonly stage: number
  readonly grade: number | null
}

export interface OldPlace {
  readonly schoolId: string
  readonly studentId: string
}

/** Domains whose facts go along: everybody's, and with the guardian's consent health and psychology. Protection never does. */
export const domainsAlong = (consent: boolean): readonly (keyof typeof secrecyDomains)[] => [
  'general',
  'family',
  'groups',
  'schooling',
  ...(consent ? (['health', 'psychology'] as const) : []),
]

const withoutKey = async (db: Db, table: string): Promise<string[]> => {
  const rows = await db.rows<{ name: string }>(sql`select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped
      and attname not in ('school_id', 'student_id', 'scope') order by attnum`)
  return rows.map(({ name }) => name)
}

const copyStudent = (db: Db, from: OldPlace, to: NewPlace, enteredOn: string): Promise<number> =>
  db.change(sql`insert into students (school_id, id, scope, class_id, stage, grade, name, name_key, initials, national_number, sex,
      birth_date, status, entered_on, copied_from, home_town, household_id)
    select ${to.schoolId}, id, ${to.scope}, ${to.classId}, ${to.stage}, ${to.grade}, name, name_key, initials, national_number, sex,
      birth_date, 1, ${enteredOn}, ${from.schoolId}, home_town, household_id
    from students where school_id = ${from.schoolId} and id = ${from.studentId}
    on conflict (school_id, id) do update set scope = excluded.scope, class_id = excluded.class_id, stage = excluded.stage,
      grade = excluded.grade, status = 1, entered_on = excluded.entered_on, left_on = null, left_reason = null,
      copied_from = excluded.copied_from`)

// Who came back to a school they left finds rows of their own there: those move to the class of today, new ones join them.
const copyRows = async (
  db: Db,
  table: string,
  key: string,
  from: OldPlace,
  to: NewPlace,
  where = 'true',
): Promise<void> => {
  const columns = (await withoutKey(db, table)).map((name) => `"${name}"`)
  await db.change(
    sql`update ${raw(table)} set scope = ${to.scope} where school_id = ${to.schoolId} and student_id = ${from.studentId}`,
  )
  await db.change(sql`insert into ${raw(table)} (school_id, student_id, scope, ${raw(columns.join(', '))})
    select ${to.schoolId}, student_id, ${to.scope}, ${raw(columns.join(', '))} from ${raw(table)}
    where school_id = ${from.schoolId} and student_id = ${from.studentId} and ${raw(where)}
    on conflict (${raw(key)}) do nothing`)
}

const copyNames = async (db: Db, from: OldPlace, to: NewPlace): Promise<void> => {
  await db.change(sql`insert into name_pieces (piece, scope, school_id, student_id)
    select piece, ${to.scope}, ${to.schoolId}, student_id from name_pieces
    where school_id = ${from.schoolId} and student_id = ${from.studentId} on conflict do nothing`)
}

// What the last roster of the old school said stays there. A number that the new school knows of somebody else stays with them.
const copyParticulars = (db: Db, from: OldPlace, to: NewPlace): Promise<number> =>
  db.change(sql`insert into student_particulars as k (school_id, student_id, scope, household_id, head_name, head_key, town, address_cipher,
      identity_kind, identity_cipher, identity_digest)
    select ${to.schoolId}, o.student_id, ${to.scope}, o.household_id, o.head_name, o.head_key, o.town, o.address_cipher,
      o.identity_kind, o.identity_cipher, case when not exists (select from student_particulars x where x.school_id = ${to.schoolId}
        and x.identity_digest = o.identity_digest and x.student_id <> o.student_id) then o.identity_digest end
    from student_particulars o where o.school_id = ${from.schoolId} and o.student_id = ${from.studentId}
    on conflict (student_id, school_id) do update set scope = excluded.scope,
      household_id = coalesce(k.household_id, excluded.household_id),
      head_name = case when k.household_id is null then excluded.head_name else k.head_name end,
      head_key = case when k.household_id is null then excluded.head_key else k.head_key end,
      town = case when k.household_id is null then excluded.town else k.town end,
      address_cipher = case when k.household_id is null then excluded.address_cipher else k.address_cipher end,
      identity_cipher = coalesce(k.identity_cipher, excluded.identity_cipher),
      identity_digest = coalesce(k.identity_digest, excluded.identity_digest)`)

const copyRecords = async (db: Db, from: OldPlace, to: NewPlace, kinds: readonly number[]): Promise<void> => {
  // A record about many stays whole at the old school: the others on it are not this school's.
  await db.change(sql`insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date,
      recorded_at, mode, coded, text_cipher, content_hash, supersedes, superseded_by, reviewed_at, reviewed_by, open_to_family, excluded)
    select ${to.schoolId}, r.id, r.kind, r.secrecy, ${to.scope}, r.done_in, r.student_id, r.author_id, r.author_name, r.act_date,
      r.recorded_at, r.mode, r.coded, r.text_cipher, r.content_hash, r.supersedes, r.superseded_by, r.reviewed_at, r.reviewed_by,
      r.open_to_family, r.excluded
    from records r where r.school_id = ${from.schoolId} and r.student_id = ${from.studentId} and r.withdrawn_at is null
      and r.purged_at is null and r.secrecy = any(${kinds}::smallint[])
    on conflict (school_id, id) do nothing`)
  await db.change(sql`insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id,
      current, reviewed, part, copied, open_to_family, excluded)
    select ${to.schoolId}, v.student_id, v.record_id, ${to.scope}, v.kind, v.secrecy, v.mode, v.act_date, v.author_id, false, v.reviewed,
      v.part, true, v.open_to_family, v.excluded
    from record_subjects v join records r on r.school_id = ${to.schoolId} and r.id = v.record_id
    where v.school_id = ${from.schoolId} and v.student_id = ${from.studentId} and v.current and r.student_id = v.student_id
    on conflict (school_id, student_id, record_id) do nothing`)
}

const studentKey = 'school_id, student_id'

/**
 * Opens the file of a student at another school with what goes along: the person, household, contacts, facts and records of
 * the domains that may, the recognition that still holds. What came along is marked and counts nowhere. As the importer.
 */
export const copyFile = async (
  db: Db,
  from: OldPlace,
  to: NewPlace,
  { enteredOn, consent, today }: { readonly enteredOn: string; readonly consent: boolean; readonly today: string },
): Promise<void> => {
  const domains = domainsAlong(consent)
  const codes = domains.map((domain) => secrecyDomains[domain].code)
  await copyStudent(db, from, to, enteredOn)
  await copyNames(db, from, to)
  await copyParticulars(db, from, to)
  await copyRows(db, 'student_contacts', `${studentKey}, id`, from, to)
  await copyRows(
    db,
    'facts',
    `${studentKey}, fact, id`,
    from,
    to,
    `superseded_at is null and secrecy in (${codes.join(', ')})`,
  )
  for (const domain of domains) await copyRows(db, `facts_${domain}`, studentKey, from, to)
  await copyRows(
    db,
    'recognitions',
    `${studentKey}, id`,
    from,
    to,
    `ended_on is null and until_date >= '${today}'::date`,
  )
  await copyRecords(db, from, to, codes)
}
