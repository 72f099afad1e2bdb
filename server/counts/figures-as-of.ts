import type { Plans } from '#server/duties'
import type { Services } from '#server/platform'
import type { FigureRow } from './figures-statement.ts'
import type { Scene } from './scene.ts'
import { readAsOf } from './standing-as-of.ts'

/**
 * Figures as of a day gone by. They carry no names: they are counted as the classifier, and whoever reads them sees those
 * their post may see. [C12]
 */
export const figuresAsOf = async (services: Services, plans: Plans, scene: Scene): Promise<readonly FigureRow[]> => {
  const from = scene.unit.path.length
  const rows = await readAsOf<Omit<FigureRow, 'source'>>(
    services,
    plans,
    scene,
    () => true,
    () => `select number, left(scope, ${from} + strpos(substr(scope, ${from} + 1), '.')) as path,
      count(*)::int as need, count(*) filter (where is_met)::int as met, count(*) filter (where is_reviewed)::int as reviewed
    from student group by 1, 2`,
  )
  // Both as a sum and as counted live: the page takes a school's total from the one and its classes from the other.
  return rows.flatMap((row): FigureRow[] => [
    { ...row, source: 'sum' },
    { ...row, source: 'live' },
  ])
}
