import type { PlainDate } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import type { Plan, Plans } from './duty-plan.ts'

/** Schools that are counted by one statement, because the same rules and terms hold. */
export interface SchoolsAlike {
  readonly plan: Plan
  readonly ids: readonly string[]
}

/** Groups schools by what is kept for their students on a day. */
export const schoolsAlike = async (
  db: Db,
  plans: Plans,
  schoolIds: readonly string[],
  on: PlainDate,
): Promise<readonly SchoolsAlike[]> => {
  const schools = await db.rows<{ id: string; path: string }>(
    sql`select id, path from units where id = any(${schoolIds}::uuid[]) order by id`,
  )
  const groups = new Map<string, { plan: Plan; ids: string[] }>()
  for (const { id, path } of schools) {
    const plan = plans.planOf(path, on)
    const group = groups.get(plan.alike)
    if (group) group.ids.push(id)
    else groups.set(plan.alike, { plan, ids: [id] })
  }
  return [...groups.values()]
}
