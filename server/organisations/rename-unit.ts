import type { TreeUnit } from '#contract/organisations'
import { type PlainDate, Refusal } from '#contract/platform'
import { type Db, sql } from '#server/platform'
import { writeHistory } from './write-history.ts'

/** Gives a unit another name from a day on; the old one stays in its history. Refuses `organisations.name-taken`. */
export const renameUnit = async (
  db: Db,
  unit: TreeUnit,
  { name, on, by }: { readonly name: string; readonly on: PlainDate; readonly by: string },
): Promise<void> => {
  if (unit.closedOn) throw new Refusal('organisations.closed', `${unit.name}已撤销,不能再变更。`)
  if (unit.name === name) return
  const taken = await db.first(sql`select 1 as taken from units
    where parent_id is not distinct from ${unit.parentId}::uuid and name = ${name} and id <> ${unit.id} and closed_on is null`)
  if (taken) throw new Refusal('organisations.name-taken', `这里已经有“${name}”。`)
  await writeHistory(db, unit, { change: 'renamed', on, by })
  await db.change(sql`update units set name = ${name} where id = ${unit.id}`)
}
