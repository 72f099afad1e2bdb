import { z } from 'zod'
import { endpoint, type PlainDate, plainDate, Refusal } from '#contract/platform'

const none = z.object({})
const person = z.object({ personId: z.uuid() })

/**
 * Why a departure cannot be put on file for this day; undefined when it can. A departure is written down when it has
 * happened: an account must not stay open because a day to come was mistyped.
 */
export const whyNotLeave = (
  person: { readonly leftOn: PlainDate | null },
  on: PlainDate,
  today: PlainDate,
): Refusal | undefined => {
  if (person.leftOn === on) return undefined
  if (person.leftOn) return new Refusal('people.already-left', `这位同志已于 ${person.leftOn} 离职。`)
  if (on > today)
    return new Refusal('people.leaves-later', '离职日期不能晚于今天,到那天再办理。', 'invalid', [
      { field: 'on', reason: '不能晚于今天' },
    ])
  return undefined
}

/** A member of staff is gone: posts become vacant, students lose the mentor, the account is shut at once. [T7 C13] */
export const leaveStaff = endpoint({
  name: 'people.leave',
  method: 'POST',
  path: '/api/people/:personId/leave',
  summary: '办理离职:免去全部岗位、结束结对、停用账号',
  cites: ['T7', 'C13'],
  params: person,
  query: none,
  /** The first day on which this person no longer belongs here. */
  body: z.object({ on: plainDate }),
  answer: z.object({
    posts: z.number().int(),
    students: z.number().int(),
  }),
})

/** A departure was a mistake, or the person came back: listed again, without posts until appointed. */
export const returnStaff = endpoint({
  name: 'people.return',
  method: 'POST',
  path: '/api/people/:personId/return',
  summary: '撤销离职:重新列入人员,岗位须另行任命',
  cites: ['T7'],
  params: person,
  query: none,
  body: none,
  answer: none,
})
