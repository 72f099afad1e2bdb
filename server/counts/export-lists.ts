import { PassThrough } from 'node:stream'
import { percentage } from '#contract/counts'
import { whyNotPermitted } from '#contract/people'
import type { Plans } from '#server/duties'
import { type Actor, audit, type FileAnswer, type Services } from '#server/platform'
import { type WrittenCell, type WrittenSheet, writeWorkbook } from '#server/platform/spreadsheets'
import type { Registry } from '#server/policies'
import { missingStudentRows } from './export-missing.ts'
import { neutralTitle, readCoverage } from './get-coverage.ts'
import { readMissing } from './list-missing.ts'
import { type Opened, openNames } from './open-names.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const rowsAtOnce = 1_000

/**
 * A workbook as a download: rows are written as they are read; a fault on the way breaks the download instead of leaving
 * half a list that looks whole.
 */
export const streamed = (services: Services, fileName: string, sheet: WrittenSheet): FileAnswer => {
  const content = new PassThrough()
  writeWorkbook(content, [sheet]).catch((error: unknown) => {
    services.log.error({ code: (error as { code?: string }).code }, 'an export broke off')
    content.destroy(error instanceof Error ? error : new Error('an export broke off'))
  })
  return { fileName, mediaType, content }
}

async function* missingUnitRows(services: Services, actor: Actor, opened: Opened): AsyncGenerator<WrittenCell[]> {
  let after: string | undefined
  let filed: { action: string; outcome: 'exported' } | null = { action: 'counts.export-missing', outcome: 'exported' }
  let line = 0
  do {
    const page = await readMissing(services, actor, opened, after, rowsAtOnce, filed)
    filed = null
    for (const unit of page.units) yield [++line, unit.name, unit.missing]
    after = page.after ?? undefined
  } while (after !== undefined)
}

const studentColumns = [
  { heading: '序号', width: 6, kind: 'number' as const },
  { heading: '学校', width: 24 },
  { heading: '班级', width: 16 },
  { heading: '姓名', width: 12 },
  { heading: '学号', width: 18 },
  { heading: '负责人', width: 14 },
]
const unitColumns = [
  { heading: '序号', width: 6, kind: 'number' as const },
  { heading: '单位', width: 30 },
  { heading: '还缺', width: 24 },
]

/**
 * The names missing from a coverage as a workbook, for posts that may open them; the export is on file before its first
 * row is written. File name and headings hold no word that labels a child. [C12 C13 C24]
 */
export const exportMissing = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  params: { readonly unitId: string; readonly coverage: number },
): Promise<FileAnswer> => {
  const opened = await openNames(services, registry, plans, actor, params)
  const refusal = whyNotPermitted('counts.export', actor.posts, opened.scene.unit.path)
  if (refusal) throw refusal
  const ofUnits = opened.view.rule.denominator.kind === 'units'
  return streamed(services, `未完成名单-${opened.scene.on}.xlsx`, {
    name: '未完成名单',
    titles: [`${neutralTitle(opened.view)}:未完成名单`, `截至 ${opened.scene.on}`],
    columns: ofUnits ? unitColumns : studentColumns,
    rows: ofUnits ? missingUnitRows(services, actor, opened) : missingStudentRows(services, actor, opened),
  })
}

/** The coverage table of a unit as a workbook: the figures of the page, nothing more. [C12 C13 C24] */
export const exportCoverage = async (
  services: Services,
  registry: Registry,
  plans: Plans,
  actor: Actor,
  unitId: string,
): Promise<FileAnswer> => {
  const { scene, answer } = await readCoverage(services, registry, plans, actor, unitId)
  const refusal = whyNotPermitted('counts.export', actor.posts, scene.unit.path)
  if (refusal) throw refusal
  await services.door.asActor(actor, (db) =>
    audit(db, {
      actorId: actor.personId,
      action: 'counts.export-coverage',
      outcome: 'exported',
      scope: scene.unit.path,
      subject: scene.unit.id,
      detail: { rows: answer.rows.length },
    }),
  )
  const views = scene.views.filter(({ number }) => answer.coverages.some(({ id }) => id === number))
  const columns = views.flatMap((view) => {
    const title = neutralTitle(view)
    const reviewed = view.rule.showsReviewed ? [{ heading: `${title} 已审`, kind: 'number' as const }] : []
    return [
      { heading: `${title} 应有`, kind: 'number' as const },
      { heading: `${title} 已有`, kind: 'number' as const },
      { heading: `${title} 比例` },
      ...reviewed,
    ]
  })
  const cells = (figures: (typeof answer)['total']): WrittenCell[] =>
    views.flatMap((view) => {
      const figure = figures[String(view.number)]
      const reviewed = view.rule.showsReviewed ? [figure?.reviewed ?? null] : []
      return figure
        ? [figure.need, figure.met, percentage(figure.met, figure.need), ...reviewed]
        : [null, null, null, ...reviewed]
    })
  return streamed(services, `覆盖率-${scene.on}.xlsx`, {
    name: '覆盖率',
    titles: ['覆盖率', `${answer.periodLabel},截至 ${scene.on}`],
    columns: [{ heading: '单位', width: 26 }, ...columns],
    rows: [
      ...answer.rows.map((row): WrittenCell[] => [row.name, ...cells(row.figures)]),
      ['合计', ...cells(answer.total)],
    ],
  })
}
