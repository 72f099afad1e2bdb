import { rowTold, suppressUnder, type ToldAbove } from '#contract/guards'
import { isSchoolKind } from '#contract/organisations'
import { fewestTold } from '#contract/policies'
import type { Plans } from '#server/duties'
import { unitOrder } from '#server/organisations'
import { type Db, raw, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { viewRows } from './figures-statement.ts'
import { type Scene, type SceneUnit, type View, viewsOf } from './scene.ts'

interface Part {
  readonly number: number
  readonly unitId: string
  readonly need: number
  readonly met: number
}

// As the table of that unit lays them out: everything right below it, in the same order, whoever may see it.
const partsBelow = (db: Db, above: SceneUnit, views: readonly View[]): Promise<Part[]> =>
  db.rows<Part>(sql`select v.number, c.id as "unitId", coalesce(sum(f.need), 0)::int as need, coalesce(sum(f.met), 0)::int as met
    from units c cross join (select distinct number from jsonb_to_recordset(${viewRows(views)}::jsonb) as n (number int)) v
      left join jsonb_to_recordset(${viewRows(views)}::jsonb) as w (number int, measure int, period date) on w.number = v.number
      left join sums f on f.measure = w.measure and f.period = w.period and f.split = 0
        and f.scope >= c.path and f.scope < left(c.path, -1) || '/'
    where c.parent_id = ${above.id} and c.closed_on is null and c.kind <> 'office'
    group by v.number, c.id order by ${raw(unitOrder('c'))}`)

/**
 * How the tables above tell the row of a unit, for each coverage of students, from the topmost down: a table for others
 * inherits what a table above left out, whoever asks for which of them first. Below a school nothing is told apart. [G3]
 */
export const toldAbove = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  scene: Scene,
): Promise<(coverage: number) => ToldAbove> => {
  if (scene.ancestors.some(({ kind }) => isSchoolKind(kind))) return () => 'left-out'
  const path = [...scene.ancestors, scene.unit]
  const found = new Map<number, ToldAbove>()
  for (const [depth, above] of scene.ancestors.entries()) {
    const plan = plans.planOf(above.path, scene.on)
    const views = viewsOf(registry, plan).filter(({ planned }) => planned)
    const parts = await services.door.asJob('importer', (db) => partsBelow(db, above, views))
    const least = fewestTold(plan.inForce.rules)
    for (const [number, those] of Map.groupBy(parts, (part) => part.number)) {
      const row = those.findIndex(({ unitId }) => unitId === path[depth + 1]?.id)
      const cells = those.map(({ need, met }) => [met, need - met])
      const told = suppressUnder(found.get(number) ?? 'none', { cells }, least)
      found.set(number, row < 0 ? 'left-out' : rowTold(told, row))
    }
  }
  return (coverage) => found.get(coverage) ?? 'none'
}
