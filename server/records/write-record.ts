import { uuidv7 } from 'uuidv7'
import type { RecordKindDefinition } from '#contract/policies'
import type { RecordInput } from '#contract/records'
import { secrecyDomains } from '#contract/students'
import { type Actor, type Db, sql } from '#server/platform'
import type { StoredContent } from './read-content.ts'
import type { Subjects } from './read-subjects.ts'

/** Everything one record is written from. */
export interface Draft {
  readonly schoolId: string
  readonly input: RecordInput
  readonly kind: RecordKindDefinition
  readonly content: StoredContent
  readonly subjects: Subjects
}

/**
 * Writes the record, its subjects and the audit entry in one statement: apart they cost three. An id that exists already
 * fails with 23505. [C13]
 */
export const writeRecord = (
  db: Db,
  actor: Actor,
  { schoolId, input, kind, content, subjects }: Draft,
): Promise<number> => {
  const secrecy = secrecyDomains[kind.domain].code
  const { students, scope } = subjects
  const only = students.length === 1 ? (students[0]?.id ?? null) : null
  // A gathering of general content is for all who teach the subjects; anything more secret stays with those who see the unit.
  const openBelow = only === null && secrecy === secrecyDomains.general.code
  return db.change(sql`with record as (
      insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date,
        mode, coded, text_cipher, content_hash, open_below, open_to_family, supersedes)
      values (${schoolId}, ${input.id}, ${kind.number}, ${secrecy}, ${scope}, ${scope}, ${only}, ${actor.personId},
        ${actor.name}, ${input.actDate}, ${content.mode}, ${JSON.stringify(content.coded)}, ${content.sealed},
        ${content.hash}, ${openBelow}, ${kind.openToFamily}, ${input.supersedes})),
    entry as (
      insert into audit_entries (id, actor_id, action, outcome, scope, school_id, subject, detail)
      values (${uuidv7()}, ${actor.personId}, 'records.add-record', 'done', ${scope}, ${schoolId}, ${input.id},
        ${JSON.stringify({ kind: kind.number, subjects: students.length, corrects: input.supersedes })}))
    insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, part, open_to_family)
    select ${schoolId}::uuid, s.id, ${input.id}::uuid, s.scope, ${kind.number}::smallint, ${secrecy}::smallint,
      ${content.mode}::smallint, ${input.actDate}::date, ${actor.personId}::uuid, ${content.part}::smallint, ${kind.openToFamily}::boolean
    from unnest(${students.map(({ id }) => id)}::uuid[], ${students.map(({ scope }) => scope)}::text[]) as s(id, scope)`)
}
