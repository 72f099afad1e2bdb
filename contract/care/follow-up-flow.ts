import type { Flow } from '#contract/flows'
import { type PostId, postIds } from '#contract/people'

const tellers = postIds.filter((post): post is PostId => post !== 'auditor' && post !== 'administrator')
const followers = [
  'class-teacher',
  'counsellor',
  'mentor',
  'school-aid-officer',
  'leader-in-charge',
  'principal',
] as const

/** A change heard of from the neighbourhood is followed up within days. [X8] 平台口径 for the days. */
export const followUp = {
  id: 'follow-up',
  label: '社区反映情况的跟进',
  neutralLabel: '跟进事项',
  domain: 'family',
  publication: 'never',
  form: [
    {
      id: 'facts',
      label: '社区反映了什么变化',
      type: 'text',
      required: true,
      max: 2_000,
      encrypted: true,
    },
  ],
  states: {
    open: {
      label: '待跟进',
      told: '学校正在跟进',
      desk: ['class-teacher', 'counsellor'],
      clock: { count: 3, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    done: { label: '已跟进', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'tell',
      label: '转给班主任跟进',
      from: ['none'],
      to: 'open',
      by: tellers,
      needsReason: false,
      needs: ['content'],
      follows: '班主任 3 个工作日内跟进',
    },
    {
      id: 'follow',
      label: '已跟进',
      from: ['open'],
      to: 'done',
      by: [...followers],
      needsReason: true,
      fields: [
        {
          id: 'result',
          label: '结果',
          type: 'code',
          required: true,
          max: 1,
          codes: { 1: '没有影响', 2: '已经帮助', 3: '转为应急事项', 4: '建议列入关爱' },
          encrypted: false,
        },
      ],
    },
  ],
} as const satisfies Flow
