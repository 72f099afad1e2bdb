import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'
import { MOST_COVERAGE_NUMBER } from '#contract/policies'

const none = z.object({})

const figure = z.object({ need: z.number().int(), met: z.number().int(), reviewed: z.number().int().nullable() })

/**
 * How the units right below a unit are laid out: fifty at a time, in their order or by how far one coverage is, all of
 * them or those whose name holds a few words. [C12]
 */
export const coveragePage = z.object({
  /** How many of them come before this page. */
  after: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(0).max(50).default(50),
  /** A coverage by whose share they stand; units that owe nothing there come last. */
  by: z.coerce.number().int().min(1).max(MOST_COVERAGE_NUMBER).optional(),
  order: z.enum(['least', 'most']).default('least'),
  find: z.string().trim().max(30).optional(),
})

export const coverageHead = z.object({
  id: z.number().int(),
  /** In full, for those to whom the pack opens the names; to others in words that label nobody. [C24] */
  label: z.string(),
  /** A few neutral signs, for heads of columns. */
  short: z.string(),
  sentence: z.string(),
  cite: z.string(),
  standpoint: z.boolean(),
  namesOpen: z.boolean(),
})

/** The six coverages of a unit and of the units right below it, in one answer. [C12] */
export const getCoverage = endpoint({
  name: 'counts.get-coverage',
  method: 'GET',
  path: '/api/units/:unitId/coverage',
  summary: '六个全覆盖:本单位与下级单位的应有、已有、比例',
  cites: ['C12', 'S10', 'T2'],
  params: z.object({ unitId: z.uuid() }),
  query: coveragePage.extend({ on: plainDate.optional() }),
  body: undefined,
  answer: z.object({
    unit: z.object({ id: z.uuid(), name: z.string(), kind: z.string() }),
    ancestors: z.array(z.object({ id: z.uuid(), name: z.string() })),
    periodLabel: z.string(),
    asOf: z.string(),
    coverages: z.array(coverageHead),
    rows: z.array(
      z.object({
        unitId: z.uuid(),
        name: z.string(),
        kind: z.string(),
        drill: z.boolean(),
        /** By coverage id; absent when this person may not see the figure. */
        figures: z.record(z.string(), figure),
      }),
    ),
    total: z.record(z.string(), figure),
    /** How many units stand right below, of those asked for. */
    below: z.number().int(),
    /** Where the next page of them begins; null after the last. */
    after: z.number().int().nullable(),
  }),
})

export const getCoverageSplits = endpoint({
  name: 'counts.get-coverage-splits',
  method: 'GET',
  path: '/api/units/:unitId/coverage/:coverage/splits',
  summary: '某项覆盖按学段、城乡、对象类别分组',
  cites: ['C12', 'T2'],
  params: z.object({ unitId: z.uuid(), coverage: z.coerce.number().int().min(1).max(MOST_COVERAGE_NUMBER) }),
  query: z.object({ on: plainDate.optional() }),
  body: undefined,
  answer: z.object({
    groups: z.array(
      z.object({
        by: z.enum(['stage', 'urban', 'class']),
        label: z.string(),
        rows: z.array(figure.extend({ label: z.string() })),
      }),
    ),
  }),
})

export const listMissing = endpoint({
  name: 'counts.list-missing',
  method: 'GET',
  path: '/api/units/:unitId/coverage/:coverage/missing',
  summary: '某项覆盖还缺谁',
  cites: ['C12'],
  params: z.object({ unitId: z.uuid(), coverage: z.coerce.number().int().min(1).max(MOST_COVERAGE_NUMBER) }),
  query: z.object({
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(50),
    /** A day gone by: who was missing then, with what is known now. */
    on: plainDate.optional(),
  }),
  body: undefined,
  answer: z.object({
    total: z.number().int(),
    students: z.array(
      z.object({
        schoolId: z.uuid(),
        id: z.uuid(),
        name: z.string(),
        number: z.string().nullable(),
        className: z.string(),
        schoolName: z.string(),
        ownerName: z.string().nullable(),
      }),
    ),
    units: z.array(z.object({ id: z.uuid(), name: z.string(), missing: z.string() })),
    after: z.string().nullable(),
  }),
})

export const exportMissing = endpoint({
  name: 'counts.export-missing',
  method: 'GET',
  path: '/api/units/:unitId/coverage/:coverage/missing.xlsx',
  summary: '导出未完成名单(记入审计)',
  cites: ['C12', 'C13'],
  params: z.object({ unitId: z.uuid(), coverage: z.coerce.number().int().min(1).max(MOST_COVERAGE_NUMBER) }),
  query: none,
  body: undefined,
  answer: 'file',
})

export const exportCoverage = endpoint({
  name: 'counts.export-coverage',
  method: 'GET',
  path: '/api/units/:unitId/coverage.xlsx',
  summary: '导出覆盖率表',
  cites: ['C12'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: undefined,
  answer: 'file',
})

export const exportCoverageOutside = endpoint({
  name: 'counts.export-coverage-outside',
  method: 'GET',
  path: '/api/units/:unitId/coverage-outside.xlsx',
  summary: '导出覆盖率表(对外口径:小数字和能推算出来的数字不列)',
  cites: ['C12', 'C13', 'G3'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: undefined,
  answer: 'file',
})
