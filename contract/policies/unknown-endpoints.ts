import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const studentHere = z.object({
  schoolId: z.uuid(),
  id: z.uuid(),
  name: z.string(),
  className: z.string(),
  schoolName: z.string(),
})

/** Students whom the rules cannot judge: somebody has to ask first. */
export const listUnknown = endpoint({
  name: 'policies.list-unknown',
  method: 'GET',
  path: '/api/units/:unitId/unknown',
  summary: '情况不明、需核实的学生:缺哪些情况,按对象类别和缺的情况筛选',
  cites: ['T1'],
  params: z.object({ unitId: z.uuid() }),
  query: z.object({
    rule: z.coerce.number().int().optional(),
    fact: z
      .string()
      .regex(/^[a-z_]{1,60}$/)
      .optional(),
    page: z.coerce.number().int().min(0).max(199).default(0),
  }),
  body: undefined,
  answer: z.object({
    unit: z.object({ id: z.uuid(), name: z.string() }),
    /** Classes this person may know of, with how many students stand open. */
    classes: z.array(z.object({ rule: z.number().int(), label: z.string(), students: z.number().int() })),
    /** Facts the chosen class asks for, with how many of its open students lack them. */
    facts: z.array(z.object({ fact: z.string(), label: z.string(), students: z.number().int() })),
    students: z.array(
      studentHere.extend({
        missing: z.array(z.string()),
        /** More is missing of a kind this person does not see. */
        hidden: z.boolean(),
      }),
    ),
    more: z.boolean(),
  }),
})

/** Classes, duties and what was done, as of a day gone by: by the day things happened, with what is known now. */
export const getStudentOn = endpoint({
  name: 'policies.get-student-on',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId/as-of',
  summary: '这名学生在某一天属于哪些类别、有哪些任务、做到了多少(按发生日期,以现在所知为准)',
  cites: ['T1', 'C15'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: z.object({ on: plainDate }),
  body: undefined,
  answer: z.object({
    on: z.string(),
    classes: z.array(
      z.object({
        rule: z.number().int(),
        label: z.string(),
        since: z.string(),
        until: z.string().nullable(),
        proposes: z.boolean(),
      }),
    ),
    duties: z.array(
      z.object({
        ref: z.string(),
        title: z.string(),
        sentence: z.string(),
        cite: z.string(),
        period: z.string(),
        done: z.number().int(),
        need: z.number().int(),
        met: z.boolean(),
      }),
    ),
  }),
})
