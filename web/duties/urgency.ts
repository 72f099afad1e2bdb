import type { getDesk } from '#contract/duties'
import type { AnswerOf } from '#contract/platform'

export type Group = AnswerOf<typeof getDesk>['groups'][number]
export type Urgency = Group['state']

export const urgencyWords: Record<Urgency, string> = { overdue: '已逾期', due: '现在要做', soon: '还有时间' }

const order: readonly Urgency[] = ['overdue', 'due', 'soon']

/** Groups by urgency, the most pressing first; within, the earliest due first; those done are left out. */
export const byUrgency = (groups: readonly Group[]): readonly (readonly [Urgency, readonly Group[]])[] =>
  order.flatMap((state) => {
    const these = groups
      .filter((group) => group.state === state && group.done < group.need)
      .sort((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'))
    return these.length > 0 ? [[state, these] as const] : []
  })

/** How one is greeted at this hour in Shanghai. */
export const greetingFor = (moment: Date): string => {
  const hour = (moment.getUTCHours() + 8) % 24
  if (hour < 6) return '夜深了'
  if (hour < 11) return '早上好'
  if (hour < 13) return '中午好'
  return hour < 18 ? '下午好' : '晚上好'
}
