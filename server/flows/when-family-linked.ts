import { familyLinked } from '#server/people'
import { raw, sql } from '#server/platform'
import { keepRecordsFromAccount } from '#server/records'
import type { Engine } from './engine.ts'

/** An account opened later finds nothing that was kept from its owner before. In the transaction that joins it. [G33] */
export const whenFamilyLinked = ({ services: { events } }: Engine): void =>
  events.when(familyLinked, async (db, linked) => {
    const { schoolId, studentId, contactId, personId } = linked
    for (const table of ['flow_cases', 'flow_steps', 'flow_tasks', 'flow_files'])
      await db.change(sql`update ${raw(table)} set excluded = excluded || ${personId}::uuid
        where school_id = ${schoolId} and student_id = ${studentId} and ${contactId}::uuid = any(excluded)
          and ${personId}::uuid <> all(excluded)`)
    await keepRecordsFromAccount(db, linked)
  })
