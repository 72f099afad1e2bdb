import { type Db, raw, sql } from '#server/platform'

// Who is listed, by what the list says of them. The identity number stands here only as its keyed digest.
const personDigest = raw(`sha256(convert_to(concat_ws('|', coalesce(encode(s.id_digest, 'hex'), ''), s.name_key,
  coalesce(s.elders::text, ''), coalesce(s.town, ''), coalesce(s.number, '')), 'UTF8'))`)

/** Keeps what a person decided about the rows in `decided`, for the next time the same sender hands in this kind of list. */
export const keepDecisions = (db: Db, scope: string, kind: string, by: string): Promise<number> =>
  db.change(sql`insert into import_decisions (scope, kind, person_digest, student_id, school_id, confirmed, decided_by)
    select distinct on (digest, student_id) ${scope}, ${kind}, digest, student_id, school_id, yes, ${by}::uuid
    from (select ${personDigest} as digest, d.student_id, d.school_id, coalesce(d.yes, false) as yes
      from decided d join s on s.row = d.row) as answers
    order by digest, student_id, yes desc
    on conflict (scope, kind, person_digest, student_id) do update
      set confirmed = excluded.confirmed, decided_by = excluded.decided_by, decided_at = now()`)

/**
 * Answers doubtful rows of `m` as a person answered them before: confirmed ones are sure, rejected ones are nobody's. A
 * row that was sure by itself stays as it is.
 */
export const applyKeptDecisions = async (db: Db, scope: string, kind: string): Promise<void> => {
  await db.change(sql`create temp table answered on commit drop as
    select m.row, m.student_id, k.confirmed from m join s on s.row = m.row
      join import_decisions k on k.scope = ${scope} and k.kind = ${kind} and k.person_digest = ${personDigest} and k.student_id = m.student_id
    where m.verdict = 'doubtful' and not exists (select from m sure where sure.row = m.row and sure.best)`)
  await db.change(sql`delete from m using answered a where a.row = m.row and (
    (a.student_id = m.student_id and not a.confirmed)
    or (a.confirmed and a.student_id <> m.student_id and not exists (select from answered b where b.row = m.row and b.student_id = m.student_id and b.confirmed)))`)
  await db.change(sql`update m set verdict = 'sure', best = true, reasons = m.reasons || '["此前已由人确认"]'::jsonb
    from answered a where a.confirmed and a.row = m.row and a.student_id = m.student_id
      and not exists (select from m other where other.best and other.student_id = m.student_id)`)
}
