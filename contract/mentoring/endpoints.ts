import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})

export const pairMentor = endpoint({
  name: 'mentoring.pair',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/mentors',
  summary: '为学生配育人导师',
  cites: ['C16', 'T3', 'X5'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: none,
  body: z.object({ id: z.uuid(), mentorId: z.uuid(), fromDate: plainDate }),
  answer: z.object({ id: z.uuid() }),
})

export const endPairing = endpoint({
  name: 'mentoring.end-pairing',
  method: 'POST',
  path: '/api/schools/:schoolId/students/:studentId/mentors/:pairingId/end',
  summary: '结束结对',
  cites: ['C16'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid(), pairingId: z.uuid() }),
  query: none,
  body: z.object({ untilDate: plainDate, reason: z.string().trim().max(200).nullable() }),
  answer: z.object({}),
})

/** A mentor's own students: last contact and what is due next. */
export const myStudents = endpoint({
  name: 'mentoring.my-students',
  method: 'GET',
  path: '/api/my-students',
  summary: '我的学生:最近联系、下一件事',
  cites: ['C16', 'T3'],
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    students: z.array(
      z.object({
        schoolId: z.uuid(),
        id: z.uuid(),
        name: z.string(),
        className: z.string(),
        schoolName: z.string(),
        lastContact: z.string().nullable(),
        nextTitle: z.string().nullable(),
        nextDue: z.string().nullable(),
      }),
    ),
  }),
})
