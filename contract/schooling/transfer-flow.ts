import type { Flow } from '#contract/flows'
import type { RecordField } from '#contract/policies'

const officers = ['school-aid-officer', 'principal', 'leader-in-charge'] as const

const line = (id: string, label: string, max: number, more: Partial<RecordField> = {}): RecordField => ({
  id,
  label,
  type: 'text',
  required: true,
  max,
  encrypted: false,
  ...more,
})

/**
 * The file of a student goes to another school: sent, taken over with a receipt, or sent back. What stands in it goes
 * along by domain; sensitive parts only with the guardian's consent. The national registration system decides the
 * transfer itself; this moves our file after it. [T2]
 */
export const transferFlow = {
  id: 'transfer',
  label: '转学:档案移交',
  neutralLabel: '转学',
  domain: 'general',
  publication: 'never',
  states: {
    sent: {
      label: '待接收学校确认',
      told: '正在办理转学',
      desk: ['school-aid-officer'],
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    returned: { label: '接收学校退回', told: '正在办理转学', desk: ['school-aid-officer'] },
    received: { label: '已接收', told: '已经办结', final: true },
    withdrawn: { label: '已撤回', told: '已经撤回', final: true },
  },
  moves: [
    {
      id: 'send',
      label: '移交档案',
      from: ['none', 'returned'],
      to: 'sent',
      by: officers,
      needsReason: false,
      fields: [
        line('to_school', '接收学校', 80, { hint: '写学校全称,或十位标识码' }),
        line('left_on', '离校日期', 10, { type: 'date' }),
        line('consent', '监护人同意随档移交健康、心理情况', 1, {
          type: 'yes-no',
          hint: '不同意的,这两类情况留在本校,不移交',
        }),
      ],
      follows: '接收学校确认后,本校档案转为只读,由对方继续。',
    },
    {
      id: 'receive',
      label: '接收',
      from: ['sent'],
      to: 'received',
      by: officers,
      needsReason: false,
      fields: [
        line('to_class', '编入班级', 60, { hint: '写本校班级的全称,如 2023级1班' }),
        line('entered_on', '到校日期', 10, { type: 'date' }),
      ],
      follows: '学生编入您学校的班级,原学校收到回执。',
    },
    {
      id: 'return',
      label: '退回',
      from: ['sent'],
      to: 'returned',
      by: officers,
      needsReason: true,
      follows: '退回原学校,写明原因。',
    },
    {
      id: 'withdraw',
      label: '撤回',
      from: ['sent', 'returned'],
      to: 'withdrawn',
      by: ['applicant'],
      needsReason: true,
    },
  ],
} as const satisfies Flow
