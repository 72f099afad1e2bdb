import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})

/** The desk: what is mine, in neutral words. */
export const getDesk = endpoint({
  name: 'duties.get-desk',
  method: 'GET',
  path: '/api/desk',
  summary: '工作台:我的任务(逾期、到期、待办)、等我处理的、我的学生的新动向',
  cites: ['T7', 'C12'],
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    groups: z.array(
      z.object({
        rule: z.number().int(),
        title: z.string(),
        periodLabel: z.string(),
        dueOn: z.string().nullable(),
        state: z.enum(['overdue', 'due', 'soon']),
        need: z.number().int(),
        done: z.number().int(),
        recordKind: z.number().int().nullable(),
        /** As whom: one's own post or a vacant one below that passed up. */
        because: z.string(),
        vacant: z.boolean(),
      }),
    ),
    waiting: z.array(
      z.object({
        kind: z.enum(['flow', 'flow-overdue', 'recognition', 'key-listing', 'review', 'match']),
        title: z.string(),
        /** Of what lies on desks 100 stands for more than 99. */
        count: z.number().int(),
        to: z.string(),
      }),
    ),
    news: z.array(
      z.object({ schoolId: z.uuid(), studentId: z.uuid(), name: z.string(), text: z.string(), at: z.string() }),
    ),
  }),
})

export const listDue = endpoint({
  name: 'duties.list-due',
  method: 'GET',
  path: '/api/due/:rule',
  summary: '某项任务:还没完成的学生',
  cites: ['T7'],
  params: z.object({ rule: z.coerce.number().int() }),
  query: z.object({
    unit: z.uuid().optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(50),
  }),
  body: undefined,
  answer: z.object({
    title: z.string(),
    recordKind: z.number().int().nullable(),
    students: z.array(
      z.object({
        schoolId: z.uuid(),
        id: z.uuid(),
        name: z.string(),
        className: z.string(),
        schoolName: z.string(),
        ownerName: z.string().nullable(),
        lastOn: z.string().nullable(),
        /** For what an event made due: the event's day and by when, in words. */
        asked: z.string().nullable(),
      }),
    ),
    after: z.string().nullable(),
  }),
})
