import type { Flow } from '#contract/flows'

/** An objection to an announcement: named or not, answered within the pack's days by somebody it does not concern. [C19] */
export const objectionFlow = {
  id: 'recognition-objection',
  label: '公示异议',
  neutralLabel: '公示意见',
  domain: 'family',
  publication: 'never',
  seenBy: 'desk',
  states: {
    open: {
      label: '待核实答复',
      told: '学校正在核实',
      desk: ['school-aid-officer', 'leader-in-charge', 'principal'],
      awaits: 'objection',
      clock: { count: 3, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    answered: { label: '已答复', told: '学校已经答复', final: true },
  },
  moves: [
    {
      id: 'object',
      label: '提出异议',
      from: ['none'],
      to: 'open',
      by: ['applicant'],
      needsReason: false,
      needs: ['content'],
    },
    {
      id: 'answer',
      label: '答复',
      from: ['open'],
      to: 'answered',
      by: ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer'],
      needsReason: true,
      tellsReason: true,
      fields: [{ id: 'upheld', label: '异议是否成立', type: 'yes-no', required: true, max: 1, encrypted: false }],
      step: 'objection',
    },
  ],
  form: [
    { id: 'line', label: '公示编号', type: 'text', required: true, max: 60, encrypted: true, group: '异议' },
    { id: 'facts', label: '您知道的情况', type: 'text', required: true, max: 1000, encrypted: true, group: '异议' },
    { id: 'anonymous', label: '不留姓名', type: 'yes-no', required: false, max: 1, encrypted: false, group: '异议' },
  ],
} as const satisfies Flow
