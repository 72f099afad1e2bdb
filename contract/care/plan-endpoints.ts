import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})
const pages = { after: z.string().max(200).optional() }

export const getCarePlan = endpoint({
  name: 'care.get-plan',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId/care-plan',
  summary: '支持计划:确认的关爱内容、牵头部门和负责人、下次评议日(打开即记入审计)',
  cites: ['G6', 'G28', 'C2'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    /** Null where nothing is confirmed, or nothing this person may know of. */
    plan: z
      .object({
        since: z.string(),
        confirmedBy: z.string(),
        concerns: z.array(z.string()),
        care: z.string().nullable(),
        owner: z.string().nullable(),
        keeper: z.string().nullable(),
        /** When a panel looks again; null where one step confirmed. */
        reviewOn: z.string().nullable(),
        stateLabel: z.string().nullable(),
        receipt: z.string().nullable(),
        /** The case it was confirmed in, for who may open it. */
        caseId: z.uuid().nullable(),
      })
      .nullable(),
  }),
})

export const listFilings = endpoint({
  name: 'care.list-filings',
  method: 'GET',
  path: '/api/care-filings',
  summary: '备案:报上来的和回执(不公布、不导出)',
  cites: ['G6', 'G3'],
  params: none,
  query: z.object({ only: z.enum(['waiting']).optional(), ...pages }),
  body: undefined,
  answer: z.object({
    filings: z.array(
      z.object({
        schoolId: z.uuid(),
        caseId: z.uuid(),
        schoolName: z.string(),
        className: z.string().nullable(),
        studentName: z.string().nullable(),
        filedOn: z.string(),
        filedBy: z.string(),
        receipt: z.string().nullable(),
        receiptOn: z.string().nullable(),
        stateLabel: z.string(),
        dueAt: z.string().nullable(),
        overdue: z.boolean(),
      }),
    ),
    after: z.string().nullable(),
  }),
})
