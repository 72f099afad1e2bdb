import type { World } from '../test-world.ts'

/** For tests: the figures of a school worked out the plain way, one child after another, knowing nothing of progress. */

interface Act {
  readonly kind: number
  readonly mode: number | null
  readonly part: number | null
  readonly day: string
  readonly reviewed: boolean
}

interface Counted {
  readonly met: boolean
  readonly reviewed: boolean
}

const within = (from: string, until: string) => (act: Act) => act.day >= from && act.day <= until
const year = within('2025-09-01', '2026-08-31')
// An act in the winter holidays counts for the term before it.
const term = within('2025-09-01', '2026-02-24')

const is = (kind: number) => (act: Act) => act.kind === kind
const visited = (acts: readonly Act[]) => acts.filter((act) => is(1)(act) && act.mode === 1)
const part = (acts: readonly Act[], kind: number, code: number) =>
  acts.some((act) => act.kind === kind || (act.kind === 7 && act.part === code))
const whole = (acts: readonly Act[]) => part(acts, 1, 2) && part(acts, 8, 3) && part(acts, 3, 4)
const counted = (met: boolean, reviewed: boolean): Counted => ({ met, reviewed: met && reviewed })

const coverages: Record<number, { of: string; count: (acts: readonly Act[], paired: boolean) => Counted }> = {
  2: {
    of: 'national/hardship',
    count: (acts) => {
      const visits = visited(acts.filter(year))
      return counted(
        visits.length > 0,
        visits.some(({ reviewed }) => reviewed),
      )
    },
  },
  3: {
    of: 'national/hardship',
    count: (acts) =>
      counted(
        acts.filter(year).some(is(3)),
        acts.filter(year).some((act) => is(3)(act) && act.reviewed),
      ),
  },
  4: {
    of: 'national/hardship',
    count: (acts) => counted(whole(acts.filter(year)), whole(acts.filter(year).filter(({ reviewed }) => reviewed))),
  },
  5: { of: 'jiangsu/key-student', count: (_, paired) => counted(paired, paired) },
  6: {
    of: 'jiangsu/key-student',
    count: (acts) => {
      const now = acts.filter(term)
      const both = (some: readonly Act[]) => some.some(is(4)) && some.some(is(5))
      return counted(both(now), both(now.filter(({ reviewed }) => reviewed)))
    },
  },
}

type Figures = Record<string, { need: number; met: number; reviewed: number }>

const rowsOf = async <Row>(world: World, text: string): Promise<Row[]> => (await world.owner.query(text)).rows as Row[]

/** Counts school A in full: `coverage/split → figure`, splits as tables name them. */
export const countInFull = async (world: World): Promise<Figures> => {
  const school = world.units.schoolA.id
  const students = await rowsOf<{ id: string; stage: number }>(
    world,
    `select id, stage from students where school_id = '${school}'`,
  )
  const spells = await rowsOf<{ student_id: string; rule: number; key: string; proposes: boolean }>(
    world,
    `select c.student_id, c.rule, r.key, r.proposes from class_spells c join policy_rules r on r.number = c.rule where c.until is null and c.school_id = '${school}'`,
  )
  const acts = await rowsOf<Act & { student_id: string }>(
    world,
    `select t.student_id, r.kind, r.mode, (r.coded ->> 'part')::int as part, r.act_date as day, r.reviewed_at is not null as reviewed
     from records r join record_subjects t on t.school_id = r.school_id and t.record_id = r.id
     where r.superseded_by is null and r.withdrawn_at is null and r.school_id = '${school}'`,
  )
  const paired = await rowsOf<{ student_id: string }>(
    world,
    `select student_id from pairings where from_date <= '${world.day}' and (until_date is null or until_date > '${world.day}')`,
  )
  const figures: Figures = {}
  for (const { id, stage } of students) {
    const classes = spells.filter((spell) => spell.student_id === id)
    for (const [number, { of, count }] of Object.entries(coverages)) {
      if (!classes.some(({ key }) => key === of)) continue
      const its = count(
        acts.filter((act) => act.student_id === id),
        paired.some(({ student_id }) => student_id === id),
      )
      for (const split of [0, -stage, ...classes.filter(({ proposes }) => !proposes).map(({ rule }) => rule)]) {
        const figure = figures[`${number}/${split}`] ?? { need: 0, met: 0, reviewed: 0 }
        figures[`${number}/${split}`] = figure
        figure.need += 1
        figure.met += its.met ? 1 : 0
        figure.reviewed += its.reviewed ? 1 : 0
      }
    }
  }
  return figures
}

/** The figures that stand in the table, in the same shape. */
export const storedFigures = async (world: World): Promise<Figures> => {
  const rows = await rowsOf<{ key: string; split: number; need: number; met: number; reviewed: number }>(
    world,
    `select r.key, f.split, f.need, f.met, f.reviewed from sums f join policy_rules r on r.number = f.measure
     where f.school_id = '${world.units.schoolA.id}' order by r.key, f.split`,
  )
  const inForce = world.program.registry.inForce(world.units.schoolA.path, world.day)
  return Object.fromEntries(
    rows.map(({ key, split, need, met, reviewed }) => {
      const coverage = inForce.rules.counts.find(({ ref }) => ref === key)
      return [`${coverage?.number}/${split}`, { need, met, reviewed }]
    }),
  )
}
