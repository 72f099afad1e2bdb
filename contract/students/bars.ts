import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})
const studentBar = z.object({ schoolId: z.uuid(), studentId: z.uuid(), barId: z.uuid() })

/** As many students can be kept from one person as a row policy's list holds. */
export const mostBarred = 60

/** Members of staff who must never see this student, for whoever may change that. */
export const listBars = endpoint({
  name: 'students.list-bars',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId/bars',
  summary: '不得接触这名学生的工作人员',
  cites: ['G3', 'C13'],
  params: studentBar.omit({ barId: true }),
  query: none,
  body: undefined,
  answer: z.object({
    bars: z.array(
      z.object({
        id: z.uuid(),
        personName: z.string(),
        wholeHousehold: z.boolean(),
        reason: z.string(),
        setByName: z.string(),
        setOn: z.string(),
      }),
    ),
  }),
})

/** Keeps a student from a member of staff, whatever the post; acts on that person's next request. */
export const barStaff = endpoint({
  name: 'students.bar-staff',
  method: 'PUT',
  path: '/api/schools/:schoolId/students/:studentId/bars/:barId',
  summary: '回避:某位工作人员不得看到、接触这名学生',
  cites: ['G3', 'C13'],
  params: studentBar,
  query: none,
  body: z.object({
    personId: z.uuid(),
    /** Also the students of the same household. */
    wholeHousehold: z.boolean(),
    reason: z.string().trim().min(2).max(500),
  }),
  answer: none,
})

export const liftBar = endpoint({
  name: 'students.lift-bar',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/bars/:barId/lift',
  summary: '解除回避',
  cites: ['G3', 'C13'],
  params: studentBar,
  query: none,
  body: none,
  answer: none,
})
