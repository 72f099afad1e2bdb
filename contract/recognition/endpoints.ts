import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})
const key = z.object({ schoolId: z.uuid(), studentId: z.uuid() })
export const hardshipLevel = z.union([z.literal(1), z.literal(21), z.literal(22)])

export const listCandidates = endpoint({
  name: 'recognition.list-candidates',
  method: 'GET',
  path: '/api/candidates',
  summary: '待确认名单:免申即享拟认定、拟列入重点(规则提出,由人确认)',
  cites: ['C2', 'C6', 'N1'],
  params: none,
  query: z.object({
    kind: z.enum(['recognition', 'key-listing']),
    unit: z.uuid(),
    page: z.coerce.number().int().min(1).max(200).default(1),
  }),
  body: undefined,
  answer: z.object({
    total: z.number().int(),
    candidates: z.array(
      key.extend({
        name: z.string(),
        className: z.string(),
        schoolName: z.string(),
        rule: z.number().int(),
        ruleLabel: z.string(),
        suggestedLevel: z.number().int().nullable(),
        /** Confirming this one needs a written reason, by the rules in force at the school. */
        reasonAsked: z.boolean(),
        since: z.string(),
      }),
    ),
  }),
})

export const recognise = endpoint({
  name: 'recognition.recognise',
  method: 'POST',
  path: '/api/schools/:schoolId/recognitions',
  summary: '认定等级(直接确认或免申即享,可一次多名)',
  cites: ['C6', 'C8'],
  params: z.object({ schoolId: z.uuid() }),
  query: none,
  body: z.object({
    items: z
      .array(z.object({ id: z.uuid(), studentId: z.uuid(), level: hardshipLevel }))
      .min(1)
      .max(500),
    basis: z.enum(['direct', 'trusted-list']),
    fromDate: plainDate,
    reason: z.string().trim().max(500).nullable(),
  }),
  answer: z.object({ recognised: z.number().int(), already: z.number().int() }),
})

export const adjustRecognition = endpoint({
  name: 'recognition.adjust',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/recognition',
  summary: '调整等级或退出(写明理由)',
  cites: ['C8', 'C19'],
  params: key,
  query: none,
  body: z.object({
    id: z.uuid(),
    move: z.enum(['adjust', 'end']),
    level: hardshipLevel.nullable(),
    on: plainDate,
    reason: z.string().trim().max(500),
  }),
  answer: z.object({}),
})

export const decideKeyListing = endpoint({
  name: 'recognition.decide-key-listing',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/key-listing',
  summary: '重点对象:确认列入、不列入、退出(不公布)',
  cites: ['C2', 'G3', 'G7'],
  params: key,
  query: none,
  body: z.object({
    id: z.uuid(),
    move: z.enum(['confirm', 'decline', 'exit']),
    difficulties: z.array(z.number().int().min(1).max(7)).max(7).default([]),
    care: z.string().trim().max(2_000).nullable(),
    reason: z.string().trim().max(500).nullable(),
    on: plainDate,
  }),
  answer: z.object({}),
})
