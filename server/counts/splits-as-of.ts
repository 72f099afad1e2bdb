import type { Plans } from '#server/duties'
import type { Services } from '#server/platform'
import type { Scene, View } from './scene.ts'
import { readAsOf } from './standing-as-of.ts'

/** One part of a coverage: a stage, town or country, or a kind of student, by its code. */
export interface SplitRow {
  readonly by: 'stage' | 'urban' | 'class'
  readonly code: number
  readonly label: string | null
  readonly need: number
  readonly met: number
  readonly reviewed: number
}

const counted = `count(*)::int as need, count(*) filter (where t.is_met)::int as met,
      count(*) filter (where t.is_reviewed)::int as reviewed`

// Whole numbers of our own tables, spelled out in the text.
const list = (numbers: readonly number[]): string =>
  `'{${numbers.map((number) => Math.trunc(number)).join(',')}}'::int[]`

/** The parts of a coverage on the day of the scene; kinds of student only where their domain is open over the whole unit. */
export const splitsAsOf = async (
  services: Services,
  plans: Plans,
  scene: Scene,
  view: View,
): Promise<readonly SplitRow[]> => {
  const domains = [...scene.reach.domainsAt(scene.unit.path)]
  const rows = await readAsOf<SplitRow>(
    services,
    plans,
    scene,
    (coverage) => coverage.number === view.number,
    (coverages) => `select 'stage' as by, s.stage::int as code, null as label, ${counted}
    from student t join students s on s.school_id = t.school_id and s.id = t.student_id where s.stage is not null group by s.stage
    union all
    select 'urban', u.urban::int, null, ${counted}
    from student t join units u on u.id = t.school_id where u.urban is not null group by u.urban
    union all
    select 'class', k.rule, r.label, ${counted}
    from student t join class_spells k on k.school_id = t.school_id and k.student_id = t.student_id
        and k.since <= date '${scene.on}' and (k.until is null or k.until > date '${scene.on}')
      join policy_rules r on r.number = k.rule and not r.proposes
    where k.rule = any(${list(coverages.flatMap(({ splits }) => splits))}) and r.secrecy = any(${list(domains)})
    group by k.rule, r.label`,
  )
  // Schools under other rules are counted apart.
  const sums = new Map<string, SplitRow>()
  for (const row of rows) {
    const key = `${row.by} ${row.code}`
    const sum = sums.get(key)
    sums.set(key, {
      ...row,
      need: row.need + (sum?.need ?? 0),
      met: row.met + (sum?.met ?? 0),
      reviewed: row.reviewed + (sum?.reviewed ?? 0),
    })
  }
  return [...sums.values()].sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.code - b.code))
}
