import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'
import { MOST_COVERAGE_NUMBER } from '#contract/policies'
import { coveragePage, getCoverage, listMissing } from './endpoints.ts'

const kept = z.object({
  id: z.uuid(),
  asOf: z.string(),
  frozenAt: z.string(),
  frozenBy: z.string(),
  note: z.string(),
})

const ofFreeze = z.object({ unitId: z.uuid(), freezeId: z.uuid() })

/** 定格: keeps the coverage page of a unit with its day, figures and names as they are known now. */
export const freezeCoverage = endpoint({
  name: 'counts.freeze-coverage',
  method: 'POST',
  path: '/api/units/:unitId/coverage/freezes',
  summary: '定格覆盖率:数字和名单按此刻所知留存',
  cites: ['C12', 'C13'],
  params: z.object({ unitId: z.uuid() }),
  query: z.object({}),
  body: z.object({ on: plainDate.optional(), note: z.string().trim().max(200).default('') }),
  answer: z.object({ id: z.uuid(), names: z.number().int() }),
})

export const listFreezes = endpoint({
  name: 'counts.list-freezes',
  method: 'GET',
  path: '/api/units/:unitId/coverage/freezes',
  summary: '本单位定格过的覆盖率',
  cites: ['C12'],
  params: z.object({ unitId: z.uuid() }),
  query: z.object({}),
  body: undefined,
  answer: z.object({ freezes: z.array(kept) }),
})

export const getFrozenCoverage = endpoint({
  name: 'counts.get-frozen-coverage',
  method: 'GET',
  path: '/api/units/:unitId/coverage/freezes/:freezeId',
  summary: '打开定格的覆盖率:与定格时一样',
  cites: ['C12', 'G3'],
  params: ofFreeze,
  query: coveragePage,
  body: undefined,
  answer: getCoverage.answer.extend({ frozen: kept }),
})

export const listFrozenMissing = endpoint({
  name: 'counts.list-frozen-missing',
  method: 'GET',
  path: '/api/units/:unitId/coverage/freezes/:freezeId/:coverage/missing',
  summary: '定格时还缺谁',
  cites: ['C12', 'G3'],
  params: ofFreeze.extend({ coverage: z.coerce.number().int().min(1).max(MOST_COVERAGE_NUMBER) }),
  query: z.object({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(50).default(50) }),
  body: undefined,
  answer: listMissing.answer,
})
