import type { getCoverage as endpoint } from '#contract/counts'
import { standingPeriod } from '#contract/duties'
import { isAtOrBelow } from '#contract/organisations'
import { postsOver } from '#contract/people'
import type { AnswerOf, PlainDate } from '#contract/platform'
import { type GuardedList, mayOpenNames } from '#contract/policies'
import type { Plans } from '#server/duties'
import type { Actor, Services } from '#server/platform'
import type { Registry } from '#server/policies'
import { figuresAsOf } from './figures-as-of.ts'
import { type FigureRow, figuresStatement } from './figures-statement.ts'
import { readScene, type Scene, type SceneUnit, seesBelow, seesTotal, type View, waysUp } from './scene.ts'

/** The whole page, every unit right below on it. */
export type Coverage = Omit<AnswerOf<typeof endpoint>, 'below' | 'after'>
type Figure = Coverage['total'][string]

const guarded: Readonly<Record<number, GuardedList>> = { 5: 'coverage-5', 6: 'coverage-6' }

/**
 * Whether this person may open the names of who is missing: by a post the pack names, held over the unit or below it
 * (a mentor's own students, a teacher's own class), and for guarded lists by the guard too. [C12 G3]
 */
export const namesOpen = (
  scene: Pick<Scene, 'unit' | 'inForce'>,
  actor: Actor,
  { number, rule }: Pick<View, 'number'> & { readonly rule: Pick<View['rule'], 'namesFor'> },
): boolean => {
  const held = [
    ...postsOver(actor.posts, scene.unit.path),
    ...actor.posts.filter(({ unitPath }) => isAtOrBelow(unitPath, scene.unit.path)).map(({ post }) => post),
  ]
  const named = rule.namesFor.filter((post) => held.includes(post))
  const list = guarded[number]
  return named.some((post) => list === undefined || mayOpenNames(scene.inForce.rules, post, list))
}

/** What a coverage counts in words that label nobody. [C24] */
export const neutralTitle = (view: View): string =>
  view.planned
    ? [...view.planned.duties, ...view.planned.events].map(({ duty }) => duty.neutralTitle).join('、')
    : '学生发展支持中心'

// The document's own words name the children it is about; they are for those who know who these are.
export const wordsFor = (view: View, open: boolean): { label: string; cite: string } =>
  open
    ? {
        label: view.rule.label,
        cite: view.rule.cite.map(({ at, quote }) => (quote ? `${at}:“${quote}”` : at)).join(';'),
      }
    : { label: `${neutralTitle(view)}全覆盖`, cite: '依据上级文件的覆盖要求,原文对帮扶小组和规定的负责人开放' }

/** A coverage as it is headed for this person. */
export const headOf = (
  scene: Pick<Scene, 'unit' | 'inForce'>,
  actor: Actor,
  view: View,
): Coverage['coverages'][number] => ({
  id: view.number,
  ...wordsFor(view, namesOpen(scene, actor, view)),
  short: view.planned ? neutralTitle(view) : '发展中心',
  sentence: view.planned ? `还有 {n} 名学生没有完成${neutralTitle(view)}` : '还有 {n} 个单位没有建好中心',
  standpoint: view.rule.standpoint === 'platform',
  namesOpen: namesOpen(scene, actor, view),
})

const sumOf = (view: View, rows: readonly FigureRow[]): Figure => {
  const add = (of: (row: FigureRow) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    need: add(({ need }) => need),
    met: add(({ met }) => met),
    reviewed: view.rule.showsReviewed ? add(({ reviewed }) => reviewed) : null,
  }
}

const sourceBelow = (scene: Scene, view: View): FigureRow['source'] =>
  view.rule.denominator.kind === 'units' ? 'units' : scene.live ? 'live' : 'sum'

// A class is counted live and stands alone; a school and all above it are what their sums say.
const sourceOfTotal = (scene: Scene, view: View): FigureRow['source'] =>
  sourceBelow(scene, view) === 'live' && scene.isSchool ? 'sum' : sourceBelow(scene, view)

const figuresOf = (
  views: readonly View[],
  sees: (view: View) => boolean,
  rows: (view: View) => readonly FigureRow[],
): Record<string, Figure> =>
  Object.fromEntries(views.filter(sees).map((view) => [String(view.number), sumOf(view, rows(view))]))

/** The period the figures are of, or their day. */
export const periodLabel = (scene: Pick<Scene, 'views' | 'on'>): string =>
  scene.views.flatMap(({ planned }) =>
    planned && planned.period !== standingPeriod ? [planned.period.label] : [],
  )[0] ?? scene.on

/** Figures of a unit and those below, as read; shared by the page and its export. */
export interface CoverageRead {
  readonly scene: Scene
  readonly answer: Coverage
}

/** Reads the coverage page of a unit in two statements; a day gone by is counted back besides. */
export const readCoverage = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
  on?: PlainDate,
): Promise<CoverageRead> => {
  const scene = await readScene(services, registry, plans, actor, unitId, on)
  const past = scene.on < services.today()
  const now = await services.door.readAsActor<FigureRow>(actor, figuresStatement(scene))
  // Support centres keep their own days; what was done for students is counted back.
  const found = past
    ? [...now.filter(({ source }) => source === 'units'), ...(await figuresAsOf(services, plans, scene))]
    : now
  // A county of hundreds of schools: rows are found by where they stand, not by looking through all of them.
  const placed = Map.groupBy(found, ({ source, number, path }) => `${source} ${number} ${path}`)
  const whole = Map.groupBy(found, ({ source, number }) => `${source} ${number}`)
  const row = (child: SceneUnit) => {
    const sees = seesBelow(scene, child.path)
    return {
      unitId: child.id,
      name: child.name,
      kind: child.kind,
      drill: child.kind !== 'class',
      figures: figuresOf(
        scene.views,
        (view) => sees(view) && !(view.rule.denominator.kind === 'units' && scene.live),
        (view) => placed.get(`${sourceBelow(scene, view)} ${view.number} ${child.path}`) ?? [],
      ),
    }
  }
  const rows = scene.children.map(row)
  const total = figuresOf(
    scene.views,
    (view) => seesTotal(scene, view),
    (view) => whole.get(`${sourceOfTotal(scene, view)} ${view.number}`) ?? [],
  )
  const shown = scene.views.filter(
    ({ number }) => String(number) in total || rows.some(({ figures }) => String(number) in figures),
  )
  return {
    scene,
    answer: {
      unit: { id: scene.unit.id, name: scene.unit.name, kind: scene.unit.kind },
      ancestors: waysUp(scene).map(({ id, name }) => ({ id, name })),
      periodLabel: periodLabel(scene),
      asOf: scene.on,
      coverages: shown.map((view) => headOf(scene, actor, view)),
      rows,
      total,
    },
  }
}
