import { PassThrough } from 'node:stream'
import type { PreviewWish } from '#contract/policies'
import { type Actor, audit, type FileAnswer, type Services } from '#server/platform'
import { type WrittenCell, writeWorkbook } from '#server/platform/spreadsheets'
import { readPreview } from './preview-adoption.ts'
import type { Registry } from './registry.ts'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const number = (heading: string) => ({ heading, kind: 'number' as const })

/** A preview as a workbook: the figures of the page, no name of a child, and a file name that tells nothing. [C24] */
export const writePreview = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  unitId: string,
  wish: PreviewWish,
): Promise<FileAnswer> => {
  const preview = await readPreview(services, registry, actor, unitId, wish)
  const unit = await services.door.asActor(actor, async (db) => {
    const scope = actor.posts[0]?.unitPath ?? ''
    await audit(db, {
      actorId: actor.personId,
      action: 'policies.export-preview',
      outcome: 'exported',
      scope,
      subject: unitId,
    })
    return preview.unit.name
  })
  const title = `${unit},从 ${wish.from} 起采用 ${wish.issuer} ${wish.version} 版的试算`
  const classes: WrittenCell[][] = preview.classes.flatMap(({ label, moves, membersNow, schools }) => [
    [label, '合计', membersNow, moves?.enter ?? null, moves?.leave ?? null, moves?.unknown ?? null],
    ...schools.map((one): WrittenCell[] => [label, one.name, null, one.enter, one.leave, one.unknown]),
  ])
  const load: WrittenCell[][] = preview.load.flatMap(({ post, duty, before, after, schools }) => [
    [post, duty, '合计', before, after],
    ...schools.map((one): WrittenCell[] => [post, duty, one.name, one.before, one.after]),
  ])
  const indicators: WrittenCell[][] = preview.indicators.map((one) => [
    one.number,
    one.needBefore,
    one.needAfter,
    one.metBefore,
    one.metAfter ?? '采用后重新统计',
  ])
  const content = new PassThrough()
  writeWorkbook(content, [
    {
      name: '对象类别',
      titles: [title],
      columns: [
        { heading: '类别', width: 28 },
        { heading: '单位', width: 24 },
        number('现有'),
        number('进入'),
        number('离开'),
        number('变为不明'),
      ],
      rows: classes,
    },
    {
      name: '岗位任务',
      titles: [title],
      columns: [
        { heading: '岗位' },
        { heading: '任务', width: 28 },
        { heading: '单位', width: 24 },
        number('现在人数'),
        number('采用后人数'),
      ],
      rows: load,
    },
    {
      name: '指标',
      titles: [title],
      columns: [
        number('第几项'),
        number('应有(现在)'),
        number('应有(采用后)'),
        number('已有(现在)'),
        { heading: '已有(采用后)' },
      ],
      rows: indicators,
    },
  ]).catch((error: unknown) => {
    services.log.error({ code: (error as { code?: string }).code }, 'an export broke off')
    content.destroy(error instanceof Error ? error : new Error('an export broke off'))
  })
  return { fileName: `试算-${wish.from}.xlsx`, mediaType, content }
}
