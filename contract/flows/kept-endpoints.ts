import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})
const key = z.object({ schoolId: z.uuid(), caseId: z.uuid() })

const guardian = z.object({ contactId: z.uuid(), name: z.string(), relation: z.string().nullable() })

/** Contacts of a student who are to know nothing of it: one of two guardians may be the harm. */
export const keptFrom = z.array(z.uuid()).max(20)

export const listGuardiansToKeep = endpoint({
  name: 'flows.list-guardians-to-keep',
  method: 'GET',
  path: '/api/schools/:schoolId/students/:studentId/guardians-to-keep',
  summary: '发起事项前:可以对哪位监护人不告知',
  cites: ['G33', 'Z9'],
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({ guardians: z.array(guardian) }),
})

export const listKeptFrom = endpoint({
  name: 'flows.list-kept-from',
  method: 'GET',
  path: '/api/schools/:schoolId/flow-cases/:caseId/kept-from',
  summary: '一件事项:对哪位监护人不告知',
  cites: ['G33', 'Z9'],
  params: key,
  query: none,
  body: undefined,
  answer: z.object({ guardians: z.array(guardian.extend({ kept: z.boolean() })) }),
})

export const keepFrom = endpoint({
  name: 'flows.keep-from',
  method: 'PUT',
  path: '/api/schools/:schoolId/flow-cases/:caseId/kept-from',
  summary: '一件事项:对所选监护人不告知,状态和件数也看不到',
  cites: ['G33', 'Z9'],
  params: key,
  query: none,
  /** All of them from now on; whoever is left out finds it again as before. */
  body: z.object({ contactIds: keptFrom }),
  answer: none,
})
