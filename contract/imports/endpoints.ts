import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'
import { importCounts } from './shapes.ts'

const none = z.object({})
const byId = z.object({ importId: z.uuid() })

export const importState = z.enum([
  'received',
  'reading',
  'mapped',
  'previewing',
  'previewed',
  'committing',
  'committed',
  'cancelled',
  'failed',
])
export const importOutcome = z.enum(['new', 'changed', 'unchanged', 'refused', 'matched', 'doubtful', 'unmatched'])

/** What the sender says the list is: whom it speaks of, of which day, and whether it replaces the last one. */
export const importStatement = z.object({
  kind: z.string().max(40),
  population: z.enum(['all-residents', 'enrolled', 'screened', 'listed']),
  asOf: plainDate,
  replaces: z.boolean(),
})

export const columnMapping = z.object({
  column: z.number().int(),
  header: z.string(),
  field: z.string().nullable(),
  confidence: z.number(),
  samples: z.array(z.string()),
})

export const importView = z.object({
  id: z.uuid(),
  unitName: z.string(),
  fileName: z.string(),
  state: importState,
  kind: z.string().nullable(),
  kindLabel: z.string().nullable(),
  statement: importStatement.nullable(),
  mapping: z.array(columnMapping),
  /** Fields a column may mean, for the person who corrects the mapping. */
  fields: z.array(z.object({ id: z.string(), label: z.string(), required: z.boolean() })),
  /** Required fields no column was found for. */
  missing: z.array(z.string()),
  /** Handed over for a school: the rows need not name it. */
  schoolGiven: z.boolean(),
  /** Sheets of the workbook that are another form and were not read. */
  passedSheets: z.array(z.string()),
  remembered: z.boolean(),
  counts: importCounts,
  progress: z.object({
    step: z.string(),
    done: z.number().int(),
    total: z.number().int().nullable(),
    perSecond: z.number().nullable(),
  }),
  refusal: z.object({ code: z.string(), sentence: z.string() }).nullable(),
  createdByName: z.string(),
  createdAt: z.string(),
  committedAt: z.string().nullable(),
})
export type ImportView = z.infer<typeof importView>

export const uploadImport = endpoint({
  name: 'imports.upload',
  method: 'POST',
  path: '/api/units/:unitId/imports/:importId',
  summary: '交来一份表(xlsx、xls、csv);识别是什么表、每列是什么意思',
  cites: ['X7'],
  params: z.object({ unitId: z.uuid(), importId: z.uuid() }),
  query: z.object({ fileName: z.string().min(1).max(200) }),
  body: 'upload',
  answer: z.object({ id: z.uuid() }),
})

export const listImports = endpoint({
  name: 'imports.list',
  method: 'GET',
  path: '/api/imports',
  summary: '导入记录',
  params: none,
  query: z.object({ page: z.coerce.number().int().min(1).max(200).default(1) }),
  body: undefined,
  answer: z.object({
    imports: z.array(importView.omit({ mapping: true, fields: true })),
    kinds: z.array(z.object({ kind: z.string(), label: z.string() })),
    /** Older ones stand on the next page. */
    more: z.boolean(),
  }),
})

export const getImport = endpoint({
  name: 'imports.get',
  method: 'GET',
  path: '/api/imports/:importId',
  summary: '一次导入:识别结果、进度、数目',
  params: byId,
  query: none,
  body: undefined,
  answer: importView,
})

export const previewImport = endpoint({
  name: 'imports.preview',
  method: 'POST',
  path: '/api/imports/:importId/preview',
  summary: '按确认的列含义核对(不写入)',
  cites: ['X7'],
  params: byId,
  query: none,
  body: z.object({
    statement: importStatement,
    mapping: z
      .array(z.object({ column: z.number().int().min(0).max(500), field: z.string().max(60).nullable() }))
      .max(500),
  }),
  answer: z.object({}),
})

export const importFault = z.object({
  column: z.string(),
  value: z.string(),
  reason: z.string(),
  scope: z.enum(['cell', 'row']),
})

export const listImportRows = endpoint({
  name: 'imports.list-rows',
  method: 'GET',
  path: '/api/imports/:importId/rows',
  summary: '核对结果逐行:新增、变更、不变、退回,含行、列、值、原因',
  params: byId,
  query: z.object({
    outcome: importOutcome.or(z.literal('faults')),
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(50).default(50),
  }),
  body: undefined,
  answer: z.object({
    rows: z.array(
      z.object({
        row: z.number().int(),
        /** Where it stands in the file, in words: 第 7 行, or “三(2)班”第 7 行. */
        place: z.string(),
        outcome: importOutcome,
        title: z.string(),
        cells: z.array(z.object({ label: z.string(), value: z.string() })),
        faults: z.array(importFault),
        changes: z.array(z.string()),
      }),
    ),
    after: z.number().int().nullable(),
  }),
})

export const commitImport = endpoint({
  name: 'imports.commit',
  method: 'POST',
  path: '/api/imports/:importId/commit',
  summary: '写入核对过的内容:要么全部,要么一行不写',
  cites: ['X7'],
  params: byId,
  query: none,
  body: z.object({}),
  answer: z.object({}),
})

export const cancelImport = endpoint({
  name: 'imports.cancel',
  method: 'POST',
  path: '/api/imports/:importId/cancel',
  summary: '取消',
  params: byId,
  query: none,
  body: z.object({}),
  answer: z.object({}),
})

export const downloadRefused = endpoint({
  name: 'imports.download-refused',
  method: 'GET',
  path: '/api/imports/:importId/refused.xlsx',
  summary: '退回的行,原样加一列“错误原因”',
  params: byId,
  query: none,
  body: undefined,
  answer: 'file',
})

export const downloadRemainder = endpoint({
  name: 'imports.download-remainder',
  method: 'GET',
  path: '/api/imports/:importId/remainder.xlsx',
  summary: '名单有学籍无、学籍有名单无',
  cites: ['X7'],
  params: byId,
  query: z.object({ side: z.enum(['list-only', 'roster-only']) }),
  body: undefined,
  answer: 'file',
})

export const listMatches = endpoint({
  name: 'imports.list-matches',
  method: 'GET',
  path: '/api/imports/:importId/matches',
  summary: '待人工核对的匹配:分数与理由',
  cites: ['X7'],
  params: byId,
  query: z.object({ verdict: z.enum(['doubtful', 'sure', 'confirmed', 'rejected']).default('doubtful') }),
  body: undefined,
  answer: z.object({
    matches: z.array(
      z.object({
        row: z.number().int(),
        place: z.string(),
        listed: z.array(z.object({ label: z.string(), value: z.string() })),
        candidates: z.array(
          z.object({
            studentId: z.uuid(),
            schoolId: z.uuid(),
            name: z.string(),
            className: z.string(),
            schoolName: z.string(),
            score: z.number().int(),
            reasons: z.array(z.string()),
          }),
        ),
      }),
    ),
  }),
})

export const decideMatch = endpoint({
  name: 'imports.decide-match',
  method: 'POST',
  path: '/api/imports/:importId/matches',
  summary: '人工确认或否定匹配(写入情况并重新归类)',
  cites: ['X7'],
  params: byId,
  query: none,
  body: z.object({
    decisions: z
      .array(z.object({ row: z.number().int().min(1), studentId: z.uuid().nullable() }))
      .min(1)
      .max(500),
  }),
  answer: z.object({ applied: z.number().int() }),
})
