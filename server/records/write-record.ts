import { uuidv7 } from 'uuidv7'
import type { RecordKindDefinition } from '#contract/policies'
import type { RecordInput } from '#contract/records'
import { secrecyDomains } from '#contract/students'
import type { Actor, Db } from '#server/platform'
import type { StoredContent } from './read-content.ts'
import type { Subjects } from './read-subjects.ts'
import { subjectsMoved } from './record-events.ts'

/** Everything one record is written from. */
export interface Draft {
  readonly schoolId: string
  readonly input: RecordInput
  readonly kind: RecordKindDefinition
  readonly content: StoredContent
  readonly subjects: Subjects
}

/** Who goes on in the transaction once the record is written: whoever began it, or the counter. */
export type GoesOn = 'none' | 'counter'

/**
 * Writes the record, its subjects and the audit entry in one statement: apart they cost three. The same statement shares
 * the school as `readSubjects` does and has the database check, with this person's eyes, that the subjects stand as they
 * were read; it fails with `subjectsMoved` otherwise. A school that moved took its classes' paths along, so that a scope
 * that stands is a school's path that stands. An id that exists already fails with 23505. With `counter` the rest of the
 * transaction is the counter's: its rights are asked when its own statements begin. [C13]
 */
export const writeRecord = (
  db: Db,
  actor: Actor,
  { schoolId, input, kind, content, subjects }: Draft,
  goesOn: GoesOn,
): Promise<object[]> => {
  const secrecy = secrecyDomains[kind.domain].code
  const { students, scope } = subjects
  const alone = students.length === 1 ? students[0] : undefined
  const only = alone?.id ?? null
  // A gathering of general content is for all who teach the subjects; anything more secret stays with those who see the unit.
  const openBelow = only === null && secrecy === secrecyDomains.general.code
  return db.rows({
    text: alone ? writingOne : writingMany,
    values: [
      schoolId,
      input.id,
      kind.number,
      secrecy,
      scope,
      only,
      actor.personId,
      actor.name,
      input.actDate,
      content.mode,
      JSON.stringify(content.coded),
      content.sealed,
      content.hash,
      openBelow,
      kind.openToFamily,
      input.supersedes,
      content.part,
      uuidv7(),
      JSON.stringify({ kind: kind.number, subjects: students.length, corrects: input.supersedes }),
      ...(alone
        ? [alone.id, alone.scope, alone.stage, alone.enteredOn, alone.leftOn]
        : [
            students.map(({ id }) => id),
            students.map(({ scope }) => scope),
            students.map(({ stage }) => stage),
            students.map(({ enteredOn }) => enteredOn),
            students.map(({ leftOn }) => leftOn),
          ]),
      subjectsMoved,
      goesOn,
    ],
  })
}

// Each value is sent once: what a record, its subjects and its entry say is nearly the same. `subjects` are rows `t` of id
// and scope; `stand` asks whether all of them are as they were read.
const writing = (subjects: string, stand: string): string => `with record as (
    insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date,
      mode, coded, text_cipher, content_hash, open_below, open_to_family, supersedes)
    values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)),
  entry as (
    insert into audit_entries (id, actor_id, action, outcome, scope, school_id, subject, detail)
    values ($18, $7, 'records.add-record', 'done', $5, $1, $2, $19))
  insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, part, open_to_family)
  select $1, t.id, $2, t.scope, $3, $4, $10, $9, $7, $17, $15
  from (select (case when ${stand} then '1' else $25 end)::int as held
    from (select pg_advisory_xact_lock_shared(hashtextextended($1::text, 7))) lock) hold, ${subjects}
  where hold.held = 1
  returning set_config('role', $26, true)`

const writingMany = writing(
  'unnest($20::uuid[], $21::text[]) as t(id, scope)',
  `not exists (select from unnest($20::uuid[], $21::text[], $22::smallint[], $23::date[], $24::date[])
      as d(id, scope, stage, entered_on, left_on)
    where not exists (select from students s where s.school_id = $1 and s.id = d.id and s.scope = d.scope and s.stage = d.stage
      and s.entered_on is not distinct from d.entered_on and s.left_on is not distinct from d.left_on))`,
)

// Most records are about one student: without lists the server makes less ready.
const writingOne = writing(
  '(select $20::uuid as id, $21::text as scope) t',
  `exists (select from students s where s.school_id = $1 and s.id = $20::uuid and s.scope = $21::text and s.stage = $22::smallint
    and s.entered_on is not distinct from $23::date and s.left_on is not distinct from $24::date)`,
)
