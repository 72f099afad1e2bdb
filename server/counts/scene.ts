import { isSchoolKind, rangeOf, type UnitKind } from '#contract/organisations'
import { notFound, type PlainDate } from '#contract/platform'
import type { CoverageRule, Pack } from '#contract/policies'
import { secrecyDomains } from '#contract/students'
import type { Plan, PlannedCoverage, Plans } from '#server/duties'
import { unitOrder } from '#server/organisations'
import { type Actor, type Reach, raw, reachOf, type Services, sql } from '#server/platform'
import type { InForce, Registry } from '#server/policies'

export interface SceneUnit {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
  readonly path: string
}

/** One coverage as it stands at a unit. */
export interface View {
  readonly number: number
  readonly rule: CoverageRule
  readonly secrecy: number
  /** Figures of this coverage below, under whatever pack: their numbers in the table of sums. */
  readonly measures: readonly number[]
  /** What is kept for students; undefined for the coverage of units. */
  readonly planned: PlannedCoverage | undefined
}

/** Where figures are asked, by whom, of which day. */
export interface Scene {
  readonly unit: SceneUnit
  readonly ancestors: readonly SceneUnit[]
  readonly children: readonly SceneUnit[]
  readonly lo: string
  readonly hi: string
  readonly on: PlainDate
  readonly inForce: InForce
  readonly views: readonly View[]
  readonly reach: Reach
  /** Figures stand per school: below it they are counted live. */
  readonly live: boolean
  readonly isSchool: boolean
}

interface Row extends SceneUnit {
  readonly schoolId: string | null
  readonly ancestors: readonly SceneUnit[] | null
  readonly children: readonly SceneUnit[] | null
}

const view = (
  inForce: InForce,
  packs: readonly Pack[],
  planned: readonly PlannedCoverage[],
  rule: CoverageRule,
  on: PlainDate,
): View => ({
  number: rule.number,
  rule,
  secrecy: secrecyDomains[rule.secrecy].code,
  measures: [
    ...new Set(
      packs
        .flatMap((pack) => pack.rules)
        .flatMap((one) =>
          one.kind === 'count' && one.number === rule.number ? [inForce.coverageNumber(one.ref)] : [],
        ),
    ),
  ],
  planned: planned.find((one) => one.number === rule.number && one.period.startsOn <= on && on <= one.period.endsOn),
})

// All packs ever known are looked through for what counted a coverage: asked at every reading of a page, kept with the plan.
const kept = new WeakMap<Plan, { readonly known: unknown; readonly views: readonly View[] }>()

/** The coverages of a plan as they stand on its day. */
export const viewsOf = (registry: Registry, plan: Plan): readonly View[] => {
  const [found, known] = [kept.get(plan), registry.known()]
  if (found?.known === known) return found.views
  const { inForce, coverages, today } = plan
  const { packs } = registry
  const views = inForce.rules.counts.map((rule) => view(inForce, packs, coverages, rule, today))
  kept.set(plan, { known, views })
  return views
}

/** Domains in which this person sees some figure of the unit: what is open over it, and the own school as a whole. */
const figuresOpen = (scene: Pick<Scene, 'reach' | 'unit' | 'isSchool'>): ReadonlySet<number> => {
  const { reach, unit, isSchool } = scene
  const open = new Set(reach.domainsAt(unit.path))
  // Figures carry no names: a class teacher may know how far the own school is.
  if (isSchool && reach.atHome(unit.path)) for (const kind of reach.classKinds) open.add(kind)
  return open
}

/** Whether the figure of the unit itself may be shown to this person. */
export const seesTotal = (scene: Scene, { secrecy }: Pick<View, 'secrecy'>): boolean => figuresOpen(scene).has(secrecy)

/** Whether figures of a unit below may be shown to this person. */
export const seesBelow = (scene: Scene, path: string): ((view: Pick<View, 'secrecy'>) => boolean) => {
  const open = scene.reach.domainsAt(path)
  return ({ secrecy }) => open.has(secrecy)
}

/**
 * Reads a unit with those above and right below it, and the coverages in force there. One statement.
 * Refuses not-found for a unit where this person sees no figure at all.
 */
export const readScene = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
  asked?: PlainDate,
): Promise<Scene> => {
  const [row] = await services.door.readAsActor<Row>(actor, {
    ...sql`select u.id, u.name, u.kind, u.path, u.school_id as "schoolId",
      (select json_agg(json_build_object('id', a.id, 'name', a.name, 'kind', a.kind, 'path', a.path) order by length(a.path))
        from units a where a.path = any(array(select left(u.path, n) from generate_series(1, length(u.path) - 1) n
          where substr(u.path, n, 1) = '.')::text[])) as ancestors,
      (select json_agg(json_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'path', c.path) order by ${raw(unitOrder('c'))})
        from units c where c.parent_id = u.id and c.closed_on is null and c.kind <> 'office') as children
      from units u where u.id = ${unitId}`,
    plannedOnce: true,
  })
  if (!row) throw notFound()
  const today = services.today()
  const on = asked !== undefined && asked < today ? asked : today
  const plan = plans.planOf(row.path, on)
  const reach = reachOf(actor)
  const isSchool = isSchoolKind(row.kind)
  const scene = {
    unit: { id: row.id, name: row.name, kind: row.kind, path: row.path },
    ancestors: row.ancestors ?? [],
    children: row.children ?? [],
    ...rangeOf(row.path),
    on,
    inForce: plan.inForce,
    views: viewsOf(registry, plan),
    reach,
    live: row.schoolId !== null,
    isSchool,
  }
  const overSome = [row.path, ...scene.children.map(({ path }) => path)].some((path) => reach.domainsAt(path).size > 0)
  if (!overSome && figuresOpen(scene).size === 0) throw notFound()
  return scene
}

/** Paths above that a person's own work reaches: where a way up is offered. */
export const waysUp = (scene: Pick<Scene, 'ancestors' | 'reach'>): readonly SceneUnit[] =>
  scene.ancestors.filter(({ path }) => scene.reach.domainsAt(path).size > 0 || scene.reach.atHome(path))
