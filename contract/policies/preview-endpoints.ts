import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const unitParams = z.object({ unitId: z.uuid() })
const wish = z.object({
  issuer: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, '写政策包的代号,如 jiangsu'),
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/, '写版本号,如 1.0.0'),
  from: plainDate,
})

const move = z.object({ enter: z.number().int(), leave: z.number().int(), unknown: z.number().int() })

/** What adopting a version would bring, before anybody adopts it. Nothing is written. */
export const previewAdoption = endpoint({
  name: 'policies.preview-adoption',
  method: 'GET',
  path: '/api/units/:unitId/adoption-preview',
  summary: '采用之前先试算:哪些对象类别有人进入、离开、变得情况不明,各岗位的任务怎样变,指标怎样变;什么都不写入',
  params: unitParams,
  query: wish,
  body: undefined,
  answer: z.object({
    unit: z.object({ id: z.uuid(), name: z.string() }),
    from: z.string(),
    schools: z.number().int(),
    /** Why it could not be adopted as it stands; the figures are shown all the same. */
    obstacle: z.string().nullable(),
    classes: z.array(
      z.object({
        number: z.number().int(),
        label: z.string(),
        domain: z.string(),
        change: z.enum(['added', 'changed', 'ended']),
        /** Null where this person's post may not know of the class. */
        moves: move.nullable(),
        membersNow: z.number().int().nullable(),
        schools: z.array(move.extend({ id: z.uuid(), name: z.string() })),
      }),
    ),
    load: z.array(
      z.object({
        post: z.string(),
        duty: z.string(),
        change: z.enum(['added', 'changed', 'ended', 'same']),
        before: z.number().int(),
        after: z.number().int(),
        schools: z.array(
          z.object({ id: z.uuid(), name: z.string(), before: z.number().int(), after: z.number().int() }),
        ),
      }),
    ),
    indicators: z.array(
      z.object({
        number: z.number().int(),
        label: z.string(),
        needBefore: z.number().int(),
        needAfter: z.number().int(),
        metBefore: z.number().int(),
        /** Null where the duties themselves change: what was done is counted anew once it holds. */
        metAfter: z.number().int().nullable(),
      }),
    ),
  }),
})
export type PreviewWish = z.infer<typeof wish>

/** The names behind one figure of a preview, for those who may see the class. */
export const listPreviewNames = endpoint({
  name: 'policies.list-preview-names',
  method: 'GET',
  path: '/api/units/:unitId/adoption-preview/names',
  summary: '试算中进入、离开或变得情况不明的学生名单',
  params: unitParams,
  query: wish.extend({
    number: z.coerce.number().int(),
    side: z.enum(['enter', 'leave', 'unknown']),
    page: z.coerce.number().int().min(0).max(199).default(0),
  }),
  body: undefined,
  answer: z.object({
    students: z.array(
      z.object({
        schoolId: z.uuid(),
        id: z.uuid(),
        name: z.string(),
        className: z.string(),
        schoolName: z.string(),
      }),
    ),
    more: z.boolean(),
  }),
})

export const exportPreview = endpoint({
  name: 'policies.export-preview',
  method: 'GET',
  path: '/api/units/:unitId/adoption-preview.xlsx',
  summary: '导出试算结果(只有数字)',
  params: unitParams,
  query: wish,
  body: undefined,
  answer: 'file',
})
