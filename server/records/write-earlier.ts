import type { PlainDate } from '#contract/platform'
import { secrecyDomains } from '#contract/students'
import { actingAsCounter, type Db, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { readContent } from './read-content.ts'
import { recordsMoved } from './record-events.ts'

/** Something done for somebody before they were a student here, as it was written down then. */
export interface Earlier {
  /** Known by what wrote it down: sent twice, it is stored once. */
  readonly id: string
  readonly schoolId: string
  readonly schoolPath: string
  readonly student: { readonly id: string; readonly scope: string }
  /** Id of the kind in the packs. */
  readonly record: string
  readonly on: PlainDate
  readonly mode: number
  readonly fields: Readonly<Record<string, string>>
  readonly by: { readonly personId: string; readonly name: string }
}

/**
 * Enters a record of what was done before there was a file to enter it in, in the name of who did it; figures follow. For
 * the school's own files only, as the importer, at a school that is held. Refuses `records.content`. [C5 C26]
 */
export const writeEarlier = async (
  db: Db,
  services: Services,
  registry: Registry,
  { id, schoolId, schoolPath, student, record, on, mode, fields, by }: Earlier,
): Promise<void> => {
  const today = services.today()
  const kind = registry.inForce(schoolPath, today).rules.records.find((one) => one.id === record)
  if (!kind) return
  const input = { id, kind: kind.number, studentIds: [student.id], actDate: on, mode, fields, supersedes: null }
  const { coded, sealed, hash } = readContent(kind, input, services.secrets)
  const secrecy = secrecyDomains[kind.domain].code
  const stored =
    await db.change(sql`insert into records (school_id, id, kind, secrecy, scope, done_in, student_id, author_id, author_name, act_date,
      mode, coded, text_cipher, content_hash, open_to_family)
    values (${schoolId}, ${id}, ${kind.number}, ${secrecy}, ${student.scope}, ${student.scope}, ${student.id}, ${by.personId},
      ${by.name}, ${on}, ${mode}, ${JSON.stringify(coded)}, ${sealed}, ${hash}, ${kind.openToFamily})
    on conflict (school_id, id) do nothing`)
  if (stored === 0) return
  await db.change(sql`insert into record_subjects (school_id, student_id, record_id, scope, kind, secrecy, mode, act_date, author_id, open_to_family)
    values (${schoolId}, ${student.id}, ${id}, ${student.scope}, ${kind.number}, ${secrecy}, ${mode}, ${on}, ${by.personId},
      ${kind.openToFamily})`)
  await actingAsCounter(db, () =>
    services.events.announce(db, recordsMoved, {
      schoolId,
      schoolPath,
      studentIds: [student.id],
      kinds: [kind.number],
      today,
    }),
  )
}
