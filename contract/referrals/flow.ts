import { allowed, type Flow, over, prose, step, waiting } from '#contract/flows'
import { partnerPosts } from '#contract/people'

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

const handled = '正在协同办理'

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
    prose('asked', '请对方做什么', 1_000),
    prose('told', '需要让对方知道的情况', 1_000, { hint: '只写办这件事必须知道的;对方看不到学生档案' }),
    { id: 'until', label: '希望哪天前答复', type: 'date', required: true, max: 1, encrypted: false },
    { id: 'department', label: '交给', type: 'integer', required: true, max: 9_999, encrypted: false },
  ],
  states: {
    sent: waiting('等对方接收', handled, receivers, { clock: allowed(3, 'working-days', 1) }),
    accepted: waiting('对方办理中', handled, receivers, { clock: allowed(10, 'working-days', 2) }),
    answered: waiting('已答复,等确认', handled, ['applicant'], {
      clock: { count: 5, unit: 'working-days', whenOver: { move: 'lapse' } },
    }),
    returned: waiting('被退回', handled, ['applicant']),
    closed: over('已办结'),
    cancelled: over('已取消'),
  },
  moves: [
    step('send', '交办', ['none'], 'sent', senders, {
      needs: ['content'],
      follows: '对方只看到您写的内容,看不到学生档案',
    }),
    step('accept', '接收', ['sent'], 'accepted', receivers),
    step('return', '不属于本单位,退回', ['sent', 'accepted'], 'returned', receivers, {
      needsReason: true,
      tellsReason: true,
    }),
    step('answer', '答复', ['sent', 'accepted'], 'answered', receivers, {
      needsReason: true,
      tellsReason: true,
      follows: '交办的人会看到答复',
    }),
    step('confirm', '确认办结', ['answered'], 'closed', ['applicant']),
    step('ask-again', '没有解决,请再办', ['answered'], 'accepted', ['applicant'], { needsReason: true }),
    step('cancel', '取消', ['sent', 'returned'], 'cancelled', ['applicant'], { needsReason: true }),
    step('lapse', '逾期未确认', ['answered'], 'closed', ['clock']),
  ],
} as const satisfies Flow
