import { mobileOf } from '#contract/people'
import { type Db, type Services, sql } from '#server/platform'

/** Whom a message may go to now. A guardian without account has no person, staff have no contact. */
export interface Addressee {
  readonly personId: string | null
  readonly contactId: string | null
  readonly name: string
  readonly family: boolean
  readonly mobile: string | undefined
  readonly mail: string | undefined
}

export interface Addressed {
  /** The order in the outbox, which says who is not told. */
  readonly outbox_id: string
  readonly to_person: string | null
  readonly to_contact: string | null
  readonly about_student: string | null
}

interface Row {
  readonly person_id: string | null
  readonly contact_id: string | null
  readonly name: string
  readonly family: boolean
  readonly phone_cipher: Buffer | null
  readonly mail_cipher: Buffer | null
}

// Guardians in force without any limit of contact: a limit on any contact of that name closes the child for that name,
// and so does being one the matter is kept from.
const readGuardians = (db: Db, order: Addressed, today: string): Promise<Row[]> =>
  db.rows<Row>(sql`select distinct on (k.name_key) l.person_id, k.id as contact_id, k.name, true as family, k.phone_cipher, m.mail_cipher
    from student_contacts k
      left join family_links l on l.student_id = k.student_id and l.school_id = k.school_id and l.contact_id = k.id
        and exists (select from accounts a where a.person_id = l.person_id and a.status = 'active')
      left join message_addresses m on m.person_id = l.person_id
    where k.student_id = ${order.about_student} and k.is_guardian
      and (${order.to_contact}::uuid is null or k.id = ${order.to_contact}::uuid)
      and (k.from_date is null or k.from_date <= ${today}::date) and (k.until_date is null or k.until_date > ${today}::date)
      and not exists (select from message_outbox b join student_contacts x on x.student_id = k.student_id and x.id = any(b.excluded)
        where b.id = ${order.outbox_id} and x.name_key = k.name_key)
      and not exists (select from message_outbox b where b.id = ${order.outbox_id} and l.person_id = any(b.excluded))
      and not exists (select from student_contacts o where o.student_id = k.student_id and o.contact_limit <> 'none'
        and (o.name_key = k.name_key or o.id = k.id)
        and (o.from_date is null or o.from_date <= ${today}::date) and (o.until_date is null or o.until_date > ${today}::date))
    order by k.name_key, l.person_id nulls last, k.phone_cipher is null, k.id`)

// A person of the family must still see the child, one of staff must not be kept from it.
const readPerson = (db: Db, order: Addressed, today: string): Promise<Row[]> =>
  db.rows<Row>(sql`select coalesce(p.id, f.id) as person_id, k.id as contact_id, coalesce(p.name, f.name) as name,
      f.id is not null as family, coalesce(c.mobile_cipher, k.phone_cipher) as phone_cipher, m.mail_cipher
    from (select ${order.to_person}::uuid as id) asked
      left join people p on p.id = asked.id and p.left_on is null left join family_members f on f.id = asked.id
      left join people_contacts c on c.person_id = p.id
      left join message_addresses m on m.person_id = asked.id
      left join actor_settings s on s.person_id = asked.id
      left join lateral (select k.id, k.phone_cipher from family_links l
        join student_contacts k on k.student_id = l.student_id and k.school_id = l.school_id and k.id = l.contact_id
        where l.person_id = f.id and k.contact_limit = 'none' and (k.until_date is null or k.until_date > ${today}::date)
        order by l.student_id = ${order.about_student} desc nulls last, k.phone_cipher is null limit 1) k on true
    where coalesce(p.id, f.id) is not null
      and not exists (select from message_outbox b where b.id = ${order.outbox_id} and asked.id = any(b.excluded)) and (${order.about_student}::uuid is null
      or (position(${order.about_student}::text in coalesce(s.settings->>'barred', '')) = 0
        and (f.id is null or position(${order.about_student}::text in coalesce(s.settings->>'students', '')) > 0)))`)

/**
 * Who may be told of a message now, with where. Asked when it is spread and again at each sending: nobody whom a limit of
 * contact, a bar or an ended guardianship keeps from the child is ever in it. Runs as the importer. [G33]
 */
export const findAddressees = async (
  { secrets }: Pick<Services, 'secrets'>,
  db: Db,
  order: Addressed,
  today: string,
): Promise<readonly Addressee[]> => {
  const rows = order.to_person ? await readPerson(db, order, today) : await readGuardians(db, order, today)
  return rows.map((row) => ({
    personId: row.person_id,
    contactId: row.contact_id,
    name: row.name,
    family: row.family,
    mobile: row.phone_cipher ? mobileOf(secrets.open(row.phone_cipher)) : undefined,
    mail: row.mail_cipher ? secrets.open(row.mail_cipher) : undefined,
  }))
}
