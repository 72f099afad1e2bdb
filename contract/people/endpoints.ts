import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})

export const heldPost = z.object({
  post: z.string(),
  label: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  unitPath: z.string(),
})

export const signIn = endpoint({
  name: 'people.sign-in',
  method: 'POST',
  path: '/api/session',
  summary: '登录',
  open: true,
  params: none,
  query: none,
  body: z.object({ loginName: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) }),
  answer: z.object({ name: z.string() }),
})

export const signOut = endpoint({
  name: 'people.sign-out',
  method: 'DELETE',
  path: '/api/session',
  summary: '退出登录',
  whileMustChange: true,
  forFamilies: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({}),
})

/** Who I am, where I work, and which rooms the shell shows me. */
export const getMe = endpoint({
  name: 'people.get-me',
  method: 'GET',
  path: '/api/me',
  summary: '我是谁、我的岗位、我能进的地方',
  forFamilies: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    personId: z.uuid(),
    name: z.string(),
    posts: z.array(heldPost),
    /** What a family account is; null for staff. */
    family: z.enum(['guardian', 'student']).nullable(),
    places: z.array(
      z.enum(['my', 'desk', 'students', 'visits', 'flows', 'counts', 'policies', 'imports', 'units', 'audit']),
    ),
    /** The unit whose figures and lists open first. */
    homeUnit: z.object({ id: z.uuid(), name: z.string(), path: z.string() }),
    /** Operations this person's posts allow somewhere (permission ids). */
    permissions: z.array(z.string()),
    today: z.string(),
    demo: z.boolean(),
  }),
})

export const demoAccounts = endpoint({
  name: 'people.demo-accounts',
  method: 'GET',
  path: '/api/demo-accounts',
  summary: '演示账号(仅演示数据库)',
  open: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    accounts: z.array(z.object({ loginName: z.string(), password: z.string(), role: z.string(), name: z.string() })),
  }),
})

export const listPeople = endpoint({
  name: 'people.list-people',
  method: 'GET',
  path: '/api/people',
  summary: '单位及下级单位的人员与岗位',
  cites: ['T3', 'T7', 'T11'],
  params: none,
  query: z.object({
    unit: z.uuid(),
    search: z.string().max(50).optional(),
    skill: z.string().max(30).optional(),
    /** Those who left instead of those in service. */
    left: z.enum(['yes']).optional(),
    page: z.coerce.number().int().min(1).max(200).default(1),
  }),
  body: undefined,
  answer: z.object({
    total: z.number().int(),
    people: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        employeeNumber: z.string().nullable(),
        unitName: z.string(),
        subject: z.string().nullable(),
        homeTown: z.string().nullable(),
        skills: z.array(z.string()),
        posts: z.array(
          z.object({ post: z.string(), label: z.string(), unitName: z.string(), appointmentId: z.uuid() }),
        ),
        students: z.number().int(),
        leftOn: z.string().nullable(),
      }),
    ),
  }),
})

export const appoint = endpoint({
  name: 'people.appoint',
  method: 'POST',
  path: '/api/appointments',
  summary: '任命岗位',
  cites: ['T7'],
  params: none,
  query: none,
  body: z.object({
    id: z.uuid(),
    personId: z.uuid(),
    unitId: z.uuid(),
    post: z.string().max(40),
    fromDate: plainDate,
    document: z.string().trim().max(100).nullable(),
  }),
  answer: z.object({ id: z.uuid() }),
})

export const endAppointment = endpoint({
  name: 'people.end-appointment',
  method: 'POST',
  path: '/api/appointments/:appointmentId/end',
  summary: '免去岗位',
  cites: ['T7'],
  params: z.object({ appointmentId: z.uuid() }),
  query: none,
  body: z.object({ untilDate: plainDate }),
  answer: z.object({}),
})

export const listAudit = endpoint({
  name: 'people.list-audit',
  method: 'GET',
  path: '/api/audit',
  summary: '审计记录',
  cites: ['C13'],
  params: none,
  query: z.object({
    page: z.coerce.number().int().min(1).max(200).default(1),
    outcome: z.enum(['done', 'read', 'exported', 'refused']).optional(),
  }),
  body: undefined,
  answer: z.object({
    entries: z.array(
      z.object({
        id: z.uuid(),
        at: z.string(),
        actorName: z.string().nullable(),
        action: z.string(),
        outcome: z.string(),
        unitName: z.string().nullable(),
        sealed: z.boolean(),
      }),
    ),
    more: z.boolean(),
  }),
})
