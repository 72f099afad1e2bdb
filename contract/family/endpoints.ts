import { z } from 'zod'
import { endpoint } from '#contract/platform'

const none = z.object({})

/**
 * My own children (a guardian) or myself (a student), in plain words. What others wrote about the child is not in it, and
 * the level of a recognition is not named: only that it stands and until when. [C6 G3 C24]
 */
export const getMyChildren = endpoint({
  name: 'family.get-my-children',
  method: 'GET',
  path: '/api/my/children',
  summary: '我的孩子(或我自己)的资料',
  cites: ['C6', 'G16'],
  forFamilies: true,
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    children: z.array(
      z.object({
        schoolId: z.uuid(),
        studentId: z.uuid(),
        name: z.string(),
        schoolName: z.string(),
        className: z.string(),
        enteredOn: z.string().nullable(),
        /** Whoever answers for the class, with the number the school has on file. */
        teachers: z.array(z.object({ name: z.string(), post: z.string(), phone: z.string().nullable() })),
        /** What this person told the school about the child. */
        told: z.array(z.object({ label: z.string(), value: z.string(), asOf: z.string() })),
        /** A recognition of this school year is in force until this day. */
        recognisedUntil: z.string().nullable(),
      }),
    ),
  }),
})

/**
 * What was done for my child: kinds of record that a pack opens to families, the day, the way and by whom; never what was
 * written. A record kept from this guardian is absent, and nothing counts what is absent. [C6 G33]
 */
export const listMyRecords = endpoint({
  name: 'family.list-records',
  method: 'GET',
  path: '/api/my/children/:schoolId/:studentId/records',
  summary: '学校为我的孩子(为我)做过的事',
  cites: ['C6', 'G33'],
  forFamilies: true,
  params: z.object({ schoolId: z.uuid(), studentId: z.uuid() }),
  query: none,
  body: undefined,
  answer: z.object({
    name: z.string(),
    /** The newest first, at most two hundred. */
    records: z.array(
      z.object({
        title: z.string(),
        way: z.string().nullable(),
        on: z.string(),
        /** Null for what was done for several at once. */
        by: z.string().nullable(),
        schoolName: z.string(),
      }),
    ),
  }),
})
