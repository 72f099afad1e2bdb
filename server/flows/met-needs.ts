import type { Flow, Need } from '#contract/flows'
import { type Db, sql } from '#server/platform'
import { isComplete } from './content.ts'
import type { Engine } from './engine.ts'
import type { Case, Filled, Procedure } from './procedure.ts'

const filesOf = async (db: Db, { schoolId, id }: Case): Promise<readonly Need[]> => {
  const rows = await db.rows<{ purpose: string }>(
    sql`select distinct purpose from flow_files where school_id = ${schoolId} and case_id = ${id}`,
  )
  const purposes = rows.map(({ purpose }) => purpose)
  return [
    ...(purposes.length > 0 ? (['attachment'] as const) : []),
    ...(purposes.some((purpose) => purpose === 'signature' || purpose === 'signed-paper')
      ? (['signature'] as const)
      : []),
  ]
}

/** Which needs of the flow's moves are met for a case now. As the importer. */
export const metNeeds = async (
  db: Db,
  engine: Engine,
  procedure: Procedure,
  flow: Flow,
  standing: Case,
  content: Filled,
): Promise<readonly Need[]> => {
  const asked = new Set(flow.moves.flatMap(({ needs = [] }) => [...needs]))
  if (asked.size === 0) return []
  return [
    ...(isComplete(flow.form ?? [], content) ? (['content'] as const) : []),
    ...(asked.has('attachment') || asked.has('signature') ? await filesOf(db, standing) : []),
    ...((await procedure.met?.(db, standing, engine.services.today())) ?? []),
  ]
}
