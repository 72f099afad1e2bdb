import { z } from 'zod'
import { endpoint } from '#contract/platform'

/** Departments and partners a school may hand a task to. */
export const listDepartments = endpoint({
  name: 'referrals.list-departments',
  method: 'GET',
  path: '/api/schools/:schoolId/departments',
  summary: '可以交办的部门和联动单位',
  cites: ['Z3', 'C20'],
  params: z.object({ schoolId: z.uuid() }),
  query: z.object({}),
  body: undefined,
  answer: z.object({
    departments: z.array(
      z.object({
        /** What the form names it by. */
        number: z.number().int(),
        name: z.string(),
        kind: z.enum(['own', 'partner']),
        /** Whether somebody is there to take it in. */
        staffed: z.boolean(),
      }),
    ),
  }),
})
