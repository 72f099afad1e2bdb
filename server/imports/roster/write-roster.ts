import type { SecrecyDomain } from '#contract/students'
import type { Db } from '#server/platform'
import { writeAround } from './write-around.ts'
import { writeChanged } from './write-changed.ts'
import { changesKnown } from './write-first-facts.ts'
import { writeNew } from './write-new.ts'

/**
 * Writes the judged rows of a roster, one statement per table: students, identity numbers, households shared by
 * siblings, guardians, facts; `beside` leaves to a second session what stands around new students
 * and their facts of other domains than these. Students who are not on
 * the roster stay. [T2]
 */
export const writeRoster = async (
  db: Db,
  what: { readonly sourceId: string; readonly asOf: string },
  { beside, domains }: { readonly beside: boolean; readonly domains: readonly SecrecyDomain[] },
): Promise<void> => {
  if (!beside && (await changesKnown(db))) await writeChanged(db, what)
  await writeNew(db, what.sourceId, domains)
  if (!beside) await writeAround(db, 's', what.asOf)
}
