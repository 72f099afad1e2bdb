import type { getCoverage as endpoint } from '#contract/counts'
import { isAtOrBelow } from '#contract/organisations'
import type { AnswerOf, PlainDate } from '#contract/platform'
import type { Plans } from '#server/duties'
import { type Actor, type RawJson, reachOf, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { headOf, periodLabel, readCoverage } from './get-coverage.ts'
import { columnsOf, overlookStatement } from './overlook-statement.ts'
import { type PageQuery, pageOf } from './page-of.ts'
import { readOverlooked } from './read-overlooked.ts'
import { type View, viewsOf, waysUp } from './scene.ts'

type Answer = AnswerOf<typeof endpoint>
type Query = PageQuery & { readonly on?: PlainDate | undefined }

const mostPaths = 5_000
// Where units above schools were last seen: a hint that saves asking first; the statement says where they stand.
const paths = new WeakMap<Services, Map<string, string>>()

const pathsOf = (services: Services): Map<string, string> => {
  const known = paths.get(services) ?? new Map<string, string>()
  paths.set(services, known)
  return known
}

const findPath = async (services: Services, actor: Actor, unitId: string): Promise<string | undefined> => {
  const known = pathsOf(services)
  const hint = known.get(unitId)
  if (hint !== undefined) return hint
  const [unit] = await services.door.readAsActor<{ path: string; schoolId: string | null }>(
    actor,
    sql`select path, school_id as "schoolId" from units where id = ${unitId}`,
  )
  if (!unit || unit.schoolId !== null) return undefined
  if (known.size >= mostPaths) known.clear()
  known.set(unitId, unit.path)
  return unit.path
}

/** Domains open to a person over all of a unit by their first range, when nothing below it opens more to them. */
const overlooks = (actor: Actor, path: string): ReadonlySet<number> | undefined => {
  const { lo1 = '~', hi1 = '' } = actor.settings
  if (path < lo1 || path >= hi1) return undefined
  const reach = reachOf(actor)
  const open = reach.domainsAt(path)
  const more = reach.places.some((one) => isAtOrBelow(one.path, path) && one.kinds.some((kind) => !open.has(kind)))
  return more || open.size === 0 ? undefined : open
}

const columns = new WeakMap<readonly View[], Map<string, readonly unknown[]>>()

const columnsFor = (all: readonly View[], shown: readonly View[]): readonly unknown[] => {
  const known = columns.get(all) ?? new Map<string, readonly unknown[]>()
  columns.set(all, known)
  const key = shown.map(({ number }) => number).join()
  const made = known.get(key) ?? columnsOf(shown)
  known.set(key, made)
  return made
}

/** Today's page of a unit above schools for a person who looks over all of it; undefined for everything else. */
const overlook = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
  query: Query,
): Promise<RawJson | undefined> => {
  const path = await findPath(services, actor, unitId)
  const open = path === undefined ? undefined : overlooks(actor, path)
  if (path === undefined || open === undefined) return undefined
  const on = services.today()
  const plan = plans.planOf(path, on)
  const all = viewsOf(registry, plan)
  const shown = all.filter(({ secrecy }) => open.has(secrecy))
  const asked = overlookStatement({ unitId, path, on }, columnsFor(all, shown), query)
  const rows = await services.door.readAsActor<{ row: Buffer }>(actor, asked)
  const { unit, ancestors, below, lines, total } = readOverlooked(
    rows.map(({ row }) => row),
    shown,
    path,
  )
  if (unit?.path !== path || unit.schoolId !== null) {
    pathsOf(services).delete(unitId)
    return undefined
  }
  const end = query.after + query.limit
  const head = {
    unit: { id: unitId, name: unit.name, kind: unit.kind },
    ancestors: waysUp({ ancestors, reach: reachOf(actor) }).map((one) => ({ id: one.id, name: one.name })),
    periodLabel: periodLabel({ views: all, on }),
    asOf: on,
    coverages: shown.map((view) => headOf({ unit, inForce: plan.inForce }, actor, view)),
    below,
    after: query.limit > 0 && end < below ? end : null,
  } satisfies Omit<Answer, 'rows' | 'total'>
  return {
    rawJson: Buffer.concat([
      Buffer.from(`${JSON.stringify(head).slice(0, -1)},"rows":[`),
      lines,
      Buffer.from(`],"total":{${total}}}`),
    ]),
  }
}

/**
 * The six coverages of a unit and of those right below it, fifty of them at a time. Figures this person may not see are
 * absent, and so is a coverage of which they see none. Refuses not-found for a unit where they see nothing. [C12 S10 T2]
 */
export const getPage = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
  query: Query,
): Promise<Answer | RawJson> => {
  const { on, by, find } = query
  const isPlain = by === undefined && !find && (on === undefined || on >= services.today())
  const quick = isPlain ? await overlook(services, registry, plans, actor, unitId, query) : undefined
  if (quick) return quick
  const { answer } = await readCoverage(services, registry, plans, actor, unitId, on)
  return { ...answer, ...pageOf(answer.rows, query) }
}
