import type { Flow } from '#contract/flows'

export const levelLabels = { 1: '特别困难', 21: '困难', 22: '一般困难' } as const
export type HardshipLevel = keyof typeof levelLabels

/** Recognition of hardship by direct confirmation or from trusted lists (免申即享). [C6 C8] */
export const recognitionFlow = {
  id: 'recognition',
  label: '家庭经济困难学生认定',
  neutralLabel: '认定',
  domain: 'family',
  publication: 'announced',
  states: {
    recognised: { label: '已认定', told: '学校已经确认' },
    ended: { label: '已退出', told: '已经结束', final: true },
  },
  moves: [
    {
      id: 'recognise',
      label: '认定',
      from: ['none'],
      to: 'recognised',
      by: ['school-aid-officer', 'principal', 'leader-in-charge', 'county-aid-officer'],
      needsReason: false,
    },
    {
      id: 'adjust',
      label: '调整等级',
      from: ['recognised'],
      to: 'recognised',
      by: ['school-aid-officer', 'principal', 'leader-in-charge'],
      needsReason: true,
    },
    {
      id: 'end',
      label: '退出',
      from: ['recognised'],
      to: 'ended',
      by: ['school-aid-officer', 'principal', 'leader-in-charge'],
      needsReason: true,
    },
  ],
} as const satisfies Flow

/** Confirmation of a key student. The rule proposes, people confirm; nothing of it is ever published. [C2 G3] */
export const keyListingFlow = {
  id: 'key-listing',
  label: '重点帮扶对象确认',
  neutralLabel: '关爱事项',
  domain: 'protection',
  publication: 'never',
  states: {
    declined: { label: '不列入', told: '已经办结', final: true },
    listed: { label: '已列入', told: '学校正在落实' },
    exited: { label: '已退出', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'confirm',
      label: '确认列入',
      from: ['none'],
      to: 'listed',
      by: ['school-aid-officer', 'principal', 'leader-in-charge'],
      needsReason: false,
    },
    {
      id: 'decline',
      label: '不列入',
      from: ['none'],
      to: 'declined',
      by: ['school-aid-officer', 'principal', 'leader-in-charge'],
      needsReason: true,
    },
    {
      id: 'exit',
      label: '退出',
      from: ['listed'],
      to: 'exited',
      by: ['school-aid-officer', 'principal', 'leader-in-charge'],
      needsReason: true,
    },
  ],
} as const satisfies Flow

/** The concerns a key student's care answers to. [C17 C25] */
export const concerns = {
  1: '心理援助',
  2: '品行矫治',
  3: '学业辅导',
  4: '就业帮扶',
  5: '综合素养',
  6: '家庭教育指导',
  7: '特殊教育',
} as const
