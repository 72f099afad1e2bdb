import type { getFrozenCoverage, listFreezes as listed, listFrozenMissing } from '#contract/counts'
import { type AnswerOf, forbidden, notFound, type ParamsOf, packCursor, unpackCursor } from '#contract/platform'
import type { Plans } from '#server/duties'
import { type Actor, audit, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import type { FrozenContent } from './freeze-coverage.ts'
import { namesOpen } from './get-coverage.ts'
import { type PageQuery, pageOf } from './page-of.ts'
import { readScene, type Scene, seesBelow, seesTotal, waysUp } from './scene.ts'

type Kept = AnswerOf<typeof listed>['freezes'][number]
type Figures = FrozenContent['total']

const columns = `id, as_of as "asOf", to_json(frozen_at) #>> '{}' as "frozenAt",
  frozen_by_name as "frozenBy", note`

/** Pages kept of a unit, newest first. Refuses not-found where this person sees no figure. [C12] */
export const listFreezes = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
): Promise<AnswerOf<typeof listed>> => {
  await readScene(services, registry, plans, actor, unitId)
  const freezes = await services.door.readAsActor<Kept>(actor, {
    text: `select ${columns} from coverage_freezes where unit_id = $1 order by frozen_at desc, id desc limit 200`,
    values: [unitId],
  })
  return { freezes }
}

interface Frozen {
  readonly scene: Scene
  readonly kept: Kept
  readonly content: FrozenContent
}

const open = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  { unitId, freezeId }: ParamsOf<typeof getFrozenCoverage>,
): Promise<Frozen> => {
  const scene = await readScene(services, registry, plans, actor, unitId)
  const [row] = await services.door.readAsActor<Kept & { content: FrozenContent }>(actor, {
    text: `select ${columns}, content from coverage_freezes where unit_id = $1 and id = $2`,
    values: [unitId, freezeId],
  })
  if (!row) throw notFound()
  const { content, ...kept } = row
  return { scene, kept, content }
}

// Names were kept with the posts that opened them then; what guards the lists today holds for the kept ones too.
const opensNames = (
  { scene }: Frozen,
  actor: Actor,
  { id, namesFor, listed: has }: FrozenContent['coverages'][number],
) => has && namesOpen(scene, actor, { number: id, rule: { namesFor } })

const shownOf = (
  coverages: FrozenContent['coverages'],
  figures: Figures,
  sees: (coverage: { secrecy: number }) => boolean,
): Figures =>
  Object.fromEntries(
    Object.entries(figures).filter(([number]) =>
      coverages.some((coverage) => String(coverage.id) === number && sees(coverage)),
    ),
  )

/** A kept page as it was, as far as this person's post may see it today. Refuses not-found. [C12 G3] */
export const getFrozen = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  params: ParamsOf<typeof getFrozenCoverage>,
  query: PageQuery,
): Promise<AnswerOf<typeof getFrozenCoverage>> => {
  const frozen = await open(services, registry, plans, actor, params)
  const { scene, kept, content } = frozen
  const pathOf = (unitId: string) => scene.children.find(({ id }) => id === unitId)?.path ?? scene.unit.path
  const total = shownOf(content.coverages, content.total, (one) => seesTotal(scene, one))
  const rows = content.rows.map((row) => ({
    ...row,
    drill: false,
    figures: shownOf(content.coverages, row.figures, seesBelow(scene, pathOf(row.unitId))),
  }))
  const shown = content.coverages.filter(
    ({ id }) => String(id) in total || rows.some(({ figures }) => String(id) in figures),
  )
  return {
    unit: content.unit,
    ancestors: waysUp(scene).map(({ id, name }) => ({ id, name })),
    periodLabel: content.periodLabel,
    asOf: kept.asOf,
    coverages: shown.map((one) => {
      const opens = opensNames(frozen, actor, one)
      const { id, short, sentence, standpoint } = one
      return { id, short, sentence, standpoint, ...(opens ? one.open : one.neutral), namesOpen: opens }
    }),
    ...pageOf(rows, query),
    total,
    frozen: kept,
  }
}

interface NameRow {
  readonly scope: string
  readonly at: number
  readonly total: number
  readonly student: Omit<AnswerOf<typeof listFrozenMissing>['students'][number], 'schoolId'>
  readonly schoolId: string
}

/**
 * Who was missing when the page was kept, by the names of that time; open to the posts it was open to, over what each of
 * them sees, and on file like every list. Refuses not-found and `counts.names-closed`. [C12 C13 G3]
 */
export const listFrozen = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  params: ParamsOf<typeof listFrozenMissing>,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<AnswerOf<typeof listFrozenMissing>> => {
  const frozen = await open(services, registry, plans, actor, params)
  const coverage = frozen.content.coverages.find(({ id }) => id === params.coverage)
  if (!coverage) throw notFound()
  if (!opensNames(frozen, actor, coverage)) throw forbidden('counts.names-closed', '这份名单只对规定的岗位开放。')
  const [scope, at] = after ? unpackCursor(after, 2) : [null, null]
  return services.door.asActor(actor, async (db) => {
    // A child this person is barred from is on no list of theirs, kept ones too.
    const found = await db.rows<NameRow>(sql`with kept as (
        select l.school_id, l.scope, n.at::int as at, n.student from frozen_lists l,
          jsonb_array_elements(l.names) with ordinality n(student, at)
        where l.freeze_id = ${params.freezeId} and l.coverage = ${params.coverage}
          and (n.student ->> 'id')::uuid <> all(current_setting('app.barred')::uuid[]))
      select school_id as "schoolId", scope, at, student, (select count(*)::int from kept) as total from kept
      where ${scope}::text is null or (scope, at) > (${scope}::text collate "C", ${at}::int)
      order by scope, at limit ${limit + 1}`)
    const total = found[0]?.total ?? coverage.units.length
    await audit(db, {
      actorId: actor.personId,
      action: 'counts.list-frozen-missing',
      outcome: 'read',
      scope: frozen.scene.unit.path,
      subject: params.unitId,
      detail: { coverage: params.coverage, freeze: params.freezeId, total },
    })
    const last = found.length > limit ? found[limit - 1] : undefined
    return {
      total,
      students: found.slice(0, limit).map(({ schoolId, student }) => ({ ...student, schoolId })),
      units: [...coverage.units],
      after: last ? packCursor([last.scope, String(last.at)]) : null,
    }
  })
}
