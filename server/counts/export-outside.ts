import { percentage } from '#contract/counts'
import { suppressUnder, type Told, type ToldAbove } from '#contract/guards'
import { whyNotPermitted } from '#contract/people'
import { fewestTold } from '#contract/policies'
import type { Plans } from '#server/duties'
import { type Actor, audit, type FileAnswer, type Services } from '#server/platform'
import type { WrittenCell } from '#server/platform/spreadsheets'
import type { Registry } from '#server/policies'
import { streamed } from './export-lists.ts'
import { type Coverage, neutralTitle, readCoverage } from './get-coverage.ts'
import { toldAbove } from './told-above.ts'

const leftOut = '—'
const shown = (value: number | null | undefined): WrittenCell => value ?? leftOut

// Who has it and who has not are the parts; need is their sum.
const toldOf = (
  coverage: number,
  rows: Coverage['rows'],
  least: number,
  above: ToldAbove,
): Map<string, Told['cells'][number]> => {
  const seen = rows.filter(({ figures }) => String(coverage) in figures)
  const cells = seen.map(({ figures }) => {
    const { need, met } = figures[String(coverage)] as Coverage['total'][string]
    return [met, need - met]
  })
  // Where a unit is not seen another would lay out another table of the same people: then none is told.
  if (cells.length === 0 || seen.length < rows.length) return new Map()
  const told = suppressUnder(above, { cells }, least)
  return new Map([
    ...seen.map(({ unitId }, r) => [unitId, [told.rows[r] ?? null, told.cells[r]?.[0] ?? null]] as const),
    ['', [told.total, told.columns[0] ?? null]] as const,
  ])
}

const cellsOf = (told: readonly (number | null)[] | undefined): WrittenCell[] => {
  const [need, met] = told ?? []
  const known = typeof need === 'number' && typeof met === 'number'
  return [shown(need), shown(met), known ? percentage(met, need) : leftOut]
}

/**
 * The coverage table of a unit for somebody outside the reporting chain: figures below the pack's number are left out, and
 * whatever would let them be worked out, from this table or from one of a unit above or below; what was reviewed is not told. Beside it stands the whole table for those within
 * the chain. Each export is on file. [C12 C13 G3] Refuses not-found, `people.not-permitted`.
 */
export const exportCoverageOutside = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
): Promise<FileAnswer> => {
  const { scene, answer } = await readCoverage(services, registry, plans, actor, unitId)
  const refusal = whyNotPermitted('counts.export', actor.posts, scene.unit.path)
  if (refusal) throw refusal
  const least = fewestTold(scene.inForce.rules)
  await services.door.asActor(actor, (db) =>
    audit(db, {
      actorId: actor.personId,
      action: 'counts.export-coverage-outside',
      outcome: 'exported',
      scope: scene.unit.path,
      subject: scene.unit.id,
      detail: { rows: answer.rows.length, least },
    }),
  )
  const views = scene.views.filter(({ number }) => answer.coverages.some(({ id }) => id === number))
  const above = await toldAbove(services, registry, plans, scene)
  const told = views.map(({ number }) => toldOf(number, answer.rows, least, above(number)))
  const line = (name: string, unit: string): WrittenCell[] => [name, ...told.flatMap((one) => cellsOf(one.get(unit)))]
  return streamed(services, `覆盖率-对外-${scene.on}.xlsx`, {
    name: '覆盖率',
    titles: ['覆盖率(对外口径)', `${answer.periodLabel},截至 ${scene.on};少于 ${least} 人的数字和能推算出来的数字不列`],
    columns: [
      { heading: '单位', width: 26 },
      ...views.flatMap((view) =>
        ['应有', '已有', '比例'].map((part) => ({ heading: `${neutralTitle(view)} ${part}` })),
      ),
    ],
    rows: [...answer.rows.map(({ name, unitId: unit }) => line(name, unit)), line('合计', '')],
  })
}
