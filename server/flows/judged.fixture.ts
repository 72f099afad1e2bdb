import type { Flow } from '#contract/flows'
import type { FlowRule } from '#contract/policies'
import type { Procedure } from './procedure.ts'

/** A procedure with one judgement, for tests. */
export const judgedFlow: Flow = {
  id: 'test-judged',
  label: '试验评议',
  neutralLabel: '事项',
  domain: 'family',
  publication: 'announced',
  states: {
    judging: { label: '评议', told: '学校正在看', desk: ['class-teacher'], awaits: 'review' },
    granted: { label: '已评议', told: '已经办结', final: true },
  },
  moves: [
    { id: 'send', label: '提交', from: ['none'], to: 'next', by: ['class-teacher'], needsReason: false },
    {
      id: 'judge',
      label: '形成评议结果',
      from: ['judging'],
      to: 'granted',
      by: ['panel-chair'],
      needsReason: false,
      needs: ['panel-closed'],
      fields: [{ id: 'choice', label: '结果', type: 'integer', required: true, max: 99, encrypted: false }],
    },
  ],
  form: [{ id: 'facts', label: '情况', type: 'text', required: true, max: 50, encrypted: true }],
}

/** Three of four must be there. */
export const judgedRule = {
  steps: [
    {
      id: 'review',
      label: '评议',
      on: true,
      by: ['class-teacher'],
      needsReason: false,
      first: [],
      panels: [{ schools: ['primary'], sides: ['teacher', 'parent'], least: 2, share: 60, joins: [], asides: [] }],
    },
  ],
} as unknown as FlowRule

/** A procedure of one panel, for tests of sittings. */
export const judged: Procedure = {
  flow: judgedFlow,
  about: 'student',
  rule: () => judgedRule,
  panels: [
    {
      state: 'judging',
      step: 'review',
      by: ['class-teacher'],
      choices: { 1: '一档', 2: '二档', 9: '不需要' },
      closes: 'judge',
    },
  ],
  follow: { judge: async (_db, made) => ({ payload: { level: made.fields.choice as number } }) },
}
