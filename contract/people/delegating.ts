import { z } from 'zod'
import { addDays, daysBetween, endpoint, type PlainDate, plainDate, Refusal } from '#contract/platform'

const none = z.object({})

/** A post is lent for at most a school term; longer is an appointment. */
export const longestDelegation = 120

export const delegatePost = endpoint({
  name: 'people.delegate-post',
  method: 'POST',
  path: '/api/delegations',
  summary: '委托代办:把自己的岗位委托给同事一段时间',
  cites: ['T7'],
  params: none,
  query: none,
  body: z.object({
    id: z.uuid(),
    /** The post and unit lent; one's own. */
    post: z.string().max(40),
    unitId: z.uuid(),
    toPersonId: z.uuid(),
    fromDate: plainDate,
    /** The last day, included. */
    lastDate: plainDate,
  }),
  answer: z.object({ id: z.uuid() }),
})

export const endDelegation = endpoint({
  name: 'people.end-delegation',
  method: 'POST',
  path: '/api/delegations/:delegationId/end',
  summary: '收回委托',
  cites: ['T7'],
  params: z.object({ delegationId: z.uuid() }),
  query: none,
  body: none,
  answer: none,
})

export const listDelegations = endpoint({
  name: 'people.list-delegations',
  method: 'GET',
  path: '/api/delegations',
  summary: '我委托的和我代办的',
  cites: ['T7'],
  params: none,
  query: none,
  body: undefined,
  answer: z.object({
    /** Posts of mine that I may lend. */
    mine: z.array(z.object({ post: z.string(), postLabel: z.string(), unitId: z.uuid(), unitName: z.string() })),
    /** Colleagues of my school or office. */
    colleagues: z.array(z.object({ personId: z.uuid(), name: z.string() })),
    delegations: z.array(
      z.object({
        id: z.uuid(),
        postLabel: z.string(),
        unitName: z.string(),
        fromName: z.string(),
        toName: z.string(),
        /** Lent by me; otherwise I act for somebody. */
        byMe: z.boolean(),
        fromDate: z.string(),
        lastDate: z.string(),
      }),
    ),
  }),
})

const wrong = (field: string, reason: string): Refusal =>
  new Refusal('people.delegation-dates', `${reason}。`, 'invalid', [{ field, reason }])

/** Why a post cannot be lent for these days; undefined when it can: from today on, in order, not longer than a term. */
export const whyNotDelegateOn = (from: PlainDate, last: PlainDate, today: PlainDate): Refusal | undefined => {
  if (from < today) return wrong('fromDate', '开始日期不能早于今天')
  if (last < from) return wrong('lastDate', '结束日期不能早于开始日期')
  return daysBetween(from, last) >= longestDelegation
    ? wrong('lastDate', `最多委托 ${longestDelegation} 天,到 ${addDays(from, longestDelegation - 1)}`)
    : undefined
}
