import type { Flow } from '#contract/flows'
import { partnerPosts } from '#contract/people'
import type { RecordField } from '#contract/policies'

const prose = (id: string, label: string, max: number, required: boolean, hint?: string): RecordField => ({
  id,
  label,
  type: 'text',
  required,
  max,
  encrypted: true,
  ...(hint === undefined ? {} : { hint }),
})

const senders = [
  'class-teacher',
  'counsellor',
  'mentor',
  'psychology-teacher',
  'careers-teacher',
  'school-aid-officer',
  'leader-in-charge',
  'principal',
  'county-aid-officer',
] as const

/** Who takes a hand-over in at the place it goes to: partners at their office, posts of the school or county at theirs. */
const receivers = [
  ...partnerPosts,
  'psychology-teacher',
  'careers-teacher',
  'school-aid-officer',
  'county-psychology-officer',
  'county-aid-officer',
] as const

/**
 * A task handed to another department or partner, with an answer and a date. They see the case on their desk and nothing
 * else of the student: who it is stands in what they were told. [Z3 C20 G28]
 */
export const handOver = {
  id: 'hand-over',
  label: '交办其他部门或联动单位',
  neutralLabel: '协同事项',
  domain: 'protection',
  publication: 'never',
  form: [
    prose('asked', '请对方做什么', 1_000, true),
    prose('told', '需要让对方知道的情况', 1_000, true, '只写办这件事必须知道的;对方看不到学生档案'),
    { id: 'until', label: '希望哪天前答复', type: 'date', required: true, max: 1, encrypted: false },
    { id: 'department', label: '交给', type: 'integer', required: true, max: 9_999, encrypted: false },
  ],
  states: {
    sent: {
      label: '等对方接收',
      told: '正在协同办理',
      desk: [...receivers],
      clock: { count: 3, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    accepted: {
      label: '对方办理中',
      told: '正在协同办理',
      desk: [...receivers],
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    answered: {
      label: '已答复,等确认',
      told: '正在协同办理',
      desk: ['applicant'],
      clock: { count: 5, unit: 'working-days', whenOver: { move: 'lapse' } },
    },
    returned: { label: '被退回', told: '正在协同办理', desk: ['applicant'] },
    closed: { label: '已办结', told: '已经办结', final: true },
    cancelled: { label: '已取消', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'send',
      label: '交办',
      from: ['none'],
      to: 'sent',
      by: [...senders],
      needsReason: false,
      needs: ['content'],
      follows: '对方只看到您写的内容,看不到学生档案',
    },
    { id: 'accept', label: '接收', from: ['sent'], to: 'accepted', by: [...receivers], needsReason: false },
    {
      id: 'return',
      label: '不属于本单位,退回',
      from: ['sent', 'accepted'],
      to: 'returned',
      by: [...receivers],
      needsReason: true,
      tellsReason: true,
    },
    {
      id: 'answer',
      label: '答复',
      from: ['sent', 'accepted'],
      to: 'answered',
      by: [...receivers],
      needsReason: true,
      tellsReason: true,
      follows: '交办的人会看到答复',
    },
    { id: 'confirm', label: '确认办结', from: ['answered'], to: 'closed', by: ['applicant'], needsReason: false },
    {
      id: 'ask-again',
      label: '没有解决,请再办',
      from: ['answered'],
      to: 'accepted',
      by: ['applicant'],
      needsReason: true,
    },
    { id: 'cancel', label: '取消', from: ['sent', 'returned'], to: 'cancelled', by: ['applicant'], needsReason: true },
    { id: 'lapse', label: '逾期未确认', from: ['answered'], to: 'closed', by: ['clock'], needsReason: false },
  ],
} as const satisfies Flow
