import { z } from 'zod'
import { endpoint, plainDate } from '#contract/platform'

const none = z.object({})
const school = z.object({ schoolId: z.uuid() })

export const pairCommunity = endpoint({
  name: 'care.pair-community',
  method: 'POST',
  path: '/api/schools/:schoolId/community-pairs',
  summary: '校社结对:校干与社区(村)结对',
  cites: ['X8'],
  params: school,
  query: none,
  body: z.object({
    id: z.uuid(),
    cadreId: z.uuid(),
    community: z.string().trim().min(2).max(40),
    contact: z.string().trim().max(60).nullable(),
    fromDate: plainDate,
  }),
  answer: none,
})

export const listCommunityPairs = endpoint({
  name: 'care.list-community-pairs',
  method: 'GET',
  path: '/api/units/:unitId/community-pairs',
  summary: '校社结对:一个单位的名单和联系次数(班级看本校的)',
  cites: ['X8'],
  params: z.object({ unitId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    /** The school a pair may be made for here; null above schools, or where one may not. */
    mayPairAt: z.uuid().nullable(),
    pairs: z.array(
      z.object({
        id: z.uuid(),
        schoolId: z.uuid(),
        schoolName: z.string(),
        cadreId: z.uuid(),
        cadreName: z.string(),
        /** One's own: contacts are logged by the cadre. */
        mine: z.boolean(),
        community: z.string(),
        fromDate: z.string(),
        contacts: z.number().int(),
        lastOn: z.string().nullable(),
      }),
    ),
  }),
})

export const logCommunityContact = endpoint({
  name: 'care.log-community-contact',
  method: 'POST',
  path: '/api/schools/:schoolId/community-pairs/:pairId/contacts',
  summary: '校社结对:记一次联系;反映学生家里有变化的,转班主任跟进',
  cites: ['X8'],
  params: school.extend({ pairId: z.uuid() }),
  query: none,
  body: z.object({
    id: z.uuid(),
    on: plainDate,
    text: z.string().trim().min(1).max(1_000),
    /** The student whose home changed, and what changed; null when nothing was reported. */
    change: z.object({ studentId: z.uuid(), facts: z.string().trim().min(1).max(2_000) }).nullable(),
  }),
  answer: z.object({ followUp: z.uuid().nullable() }),
})

export const listCommunityContacts = endpoint({
  name: 'care.list-community-contacts',
  method: 'GET',
  path: '/api/schools/:schoolId/community-pairs/:pairId/contacts',
  summary: '校社结对:联系记录',
  cites: ['X8'],
  params: school.extend({ pairId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    /** Whom to ring there; null for who does not keep the pair. */
    contact: z.string().nullable(),
    contacts: z.array(z.object({ id: z.uuid(), on: z.string(), by: z.string(), text: z.string().nullable() })),
  }),
})
