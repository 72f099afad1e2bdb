import type { facts } from '#contract/students'
import { sql } from '#server/platform'

export type AskedFact = keyof typeof facts

/** A round of questions over the classes below a unit. */
export interface ScreeningRound {
  readonly unitId: string
  readonly id: string
  readonly path: string
  readonly title: string
  readonly items: readonly AskedFact[]
  readonly fromDate: string
  readonly untilDate: string
}

/** A round by its id and unit, or those of units by their paths: the latest fifty. */
export const roundStatement = (
  id: string | null,
  paths: readonly string[],
  unitId: string | null,
) => sql`select unit_id as "unitId", id,
    unit_path as path, title, items, from_date as "fromDate", until_date as "untilDate" from screening_rounds
  where (${id}::uuid is null or id = ${id}::uuid) and (${unitId}::uuid is null or unit_id = ${unitId}::uuid)
    and (cardinality(${paths}::text[]) = 0 or unit_path = any(${paths}::text[]))
  order by until_date desc, id limit 50`
