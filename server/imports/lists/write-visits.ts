import { type Db, sql } from '#server/platform'
import type { ImportRow } from '../importing.ts'

/**
 * Id of an imported visit: from what it says and whom it is about, so that the same visit in any file is the same
 * record. SQL over the work table.
 */
export const visitId = `(select (substr(h.x, 1, 12) || '8' || substr(h.x, 14, 3) || '8' || substr(h.x, 18, 15))::uuid
  from (select encode(sha256(s.trace || uuid_send(s.student_id)), 'hex') as x) h)`

interface Ledger {
  /** Stable number of the home visit among record kinds, and its secrecy. */
  readonly kind: number
  readonly secrecy: number
  /** Whether the family reads that it was done. */
  readonly open: boolean
}

/**
 * Writes the matched visits of a list into the ledger: by the first teacher named, if the school knows that name, else
 * in the name of whoever hands the list over; the words as typed stand sealed in the record.
 * Answers schools whose students gained a visit. [T5 T6]
 */
export const writeVisits = async (
  db: Db,
  row: ImportRow,
  { kind, secrecy, open }: Ledger,
): Promise<readonly string[]> => {
  await db.change({
    text: `create temp table visits on commit drop as
      select ${visitId} as id, s.school_id, s.student_id, s.scope, s.trace, s.text_cipher, s.fresh_id,
        (s.detail ->> 'on')::date as on_day, (s.detail ->> 'mode')::smallint as mode,
        s.detail -> 'visitors' ->> 0 as first_visitor,
        array_to_string(array(select jsonb_array_elements_text(s.detail -> 'visitors')), '、') as visitors
      from s where s.outcome = 5`,
  })
  await db.change(sql`create temp table authors on commit drop as
    select v.id, p.id as person_id, p.name from visits v
      join units school on school.id = v.school_id
      cross join lateral (select p.id, p.name from people p where p.name = v.first_visitor and p.left_on is null
        and p.scope >= school.path and p.scope < school.path || '~' order by p.id limit 1) p`)
  await db.change(sql`create temp table stored (school_id uuid, id uuid) on commit drop`)
  await db.change(sql`with fresh as (
      insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date, mode,
        coded, text_cipher, content_hash, import_id, open_to_family)
      select distinct on (v.school_id, v.id) v.school_id, v.id, ${kind}::smallint, ${secrecy}::smallint, v.scope, school.path, v.student_id,
        coalesce(a.person_id, ${row.created_by}::uuid), coalesce(nullif(v.visitors, ''), ${row.created_by_name}), v.on_day, v.mode,
        jsonb_build_object('mode', v.mode), v.text_cipher, v.trace, ${row.id}::uuid, ${open}::boolean
      from visits v join units school on school.id = v.school_id left join authors a on a.id = v.id
      on conflict (school_id, id) do nothing returning school_id, id)
    insert into stored select school_id, id from fresh`)
  await db.change(sql`insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, open_to_family)
    select r.school_id, r.student_id, r.id, r.scope, r.kind, r.secrecy, r.mode, r.act_date, r.author_id, r.open_to_family
    from records r join stored n on n.school_id = r.school_id and n.id = r.id`)
  const schools = await db.rows<{ id: string }>(sql`select distinct school_id as id from stored`)
  return schools.map(({ id }) => id)
}
