import type { Flow } from '#contract/flows'
import type { RecordField } from '#contract/policies'
import { concerns } from '#contract/recognition'

const prose = (id: string, label: string, max: number, more: Partial<RecordField> = {}): RecordField => ({
  id,
  label,
  type: 'text',
  required: true,
  max,
  encrypted: true,
  ...more,
})

const askers = [
  'class-teacher',
  'counsellor',
  'mentor',
  'teacher',
  'psychology-teacher',
  'guardian',
  'student',
] as const
const office = ['school-aid-officer'] as const
const leaders = ['school-aid-officer', 'principal', 'leader-in-charge'] as const

const members = prose('members', '参加评议的人员', 300, { hint: '写姓名,用顿号分开,至少三人' })
const necessary: RecordField = {
  id: 'necessary',
  label: '是否必要',
  type: 'code',
  required: true,
  max: 1,
  codes: { 1: '必要', 2: '不必要' },
  encrypted: false,
}
const feasible: RecordField = { ...necessary, id: 'feasible', label: '是否可行', codes: { 1: '可行', 2: '不可行' } }
const development: RecordField = {
  ...necessary,
  id: 'development',
  label: '现在的发展水平',
  codes: { 1: '达到正常水平', 2: '超过正常水平' },
}
const concern: RecordField = {
  id: 'concerns',
  label: '需要关注的方面',
  type: 'multi-code',
  required: true,
  max: 7,
  codes: concerns,
  encrypted: false,
}

/**
 * The key list: asked for on any day by student, guardian or teacher, deliberated on, confirmed with what care is given,
 * filed upward, looked at again, and left through a review with a time of watching. Nothing of it is ever published.
 * [G1 G2 G3 G4 G5 G6 G7 G28 C2] The days are ours (平台口径) unless a pack says others.
 */
export const careListing = {
  id: 'care-listing',
  label: '重点关爱对象的申请、评议和确认',
  neutralLabel: '成长支持',
  domain: 'protection',
  publication: 'never',
  form: [
    prose('facts', '事实和理由', 2_000, { hint: '写看到的情况,不写评价' }),
    prose('care', '申请的关爱内容', 1_000, { hint: '例如:每周谈心一次、课后辅导' }),
  ],
  states: {
    draft: { label: '草稿', told: '还没有提交', desk: ['applicant'], own: true },
    reviewing: {
      label: '待集体评议',
      told: '学校正在研究',
      desk: ['school-aid-officer'],
      awaits: 'review',
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    confirming: {
      label: '待学校确认',
      told: '学校正在研究',
      desk: ['principal', 'leader-in-charge'],
      awaits: 'confirm',
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    filing: {
      label: '已确认,待备案',
      told: '学校正在落实',
      desk: ['school-aid-officer'],
      awaits: 'file',
      clock: { count: 5, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    acknowledging: {
      label: '已报备案,待回执',
      told: '学校正在落实',
      desk: ['county-aid-officer'],
      awaits: 'receipt',
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    listed: {
      label: '在册,定期评估',
      told: '学校正在落实',
      desk: ['school-aid-officer'],
      clock: { count: 150, unit: 'days', warnBefore: 14, whenOver: 'escalate' },
    },
    'exit-reviewing': {
      label: '待评议退出',
      told: '学校正在落实',
      desk: ['school-aid-officer'],
      awaits: 'review',
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    'exit-confirming': {
      label: '待确认退出',
      told: '学校正在落实',
      desk: ['principal', 'leader-in-charge'],
      awaits: 'confirm',
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    watching: {
      label: '已退出,观察期',
      told: '学校正在落实',
      desk: ['school-aid-officer'],
      clock: { count: 180, unit: 'days', warnBefore: 14, whenOver: { move: 'end-watch' } },
    },
    declined: { label: '不列入', told: '已经办结', final: true },
    withdrawn: { label: '已撤回', told: '已经撤回', final: true },
    exited: { label: '已退出', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'save',
      label: '存草稿',
      from: ['none', 'draft'],
      to: 'draft',
      by: [...askers, 'applicant'],
      needsReason: false,
    },
    {
      id: 'request',
      label: '提交申请',
      from: ['none', 'draft'],
      to: 'next',
      by: [...askers, 'applicant'],
      needsReason: false,
      needs: ['content'],
      step: 'apply',
      follows: '由学校研究,不公示,也不告诉其他人',
    },
    {
      id: 'withdraw',
      label: '撤回申请',
      from: ['draft', 'reviewing'],
      to: 'withdrawn',
      by: ['applicant'],
      needsReason: false,
    },
    {
      id: 'return',
      label: '退回补充',
      from: ['reviewing'],
      to: 'draft',
      by: [...office],
      needsReason: true,
      step: 'review',
    },
    {
      id: 'review',
      label: '评议认为必要且可行',
      from: ['reviewing'],
      to: 'next',
      by: [...office],
      needsReason: true,
      fields: [members, necessary, feasible],
      step: 'review',
      follows: '送学校领导确认',
    },
    {
      id: 'review-against',
      label: '评议认为不必列入',
      from: ['reviewing'],
      to: 'declined',
      by: [...office],
      needsReason: true,
      fields: [members, necessary, feasible],
      step: 'review',
    },
    {
      id: 'confirm',
      label: '确认列入',
      from: ['confirming'],
      to: 'next',
      by: [...leaders],
      needsReason: true,
      fields: [concern, prose('care', '确认的关爱内容', 2_000)],
      step: 'confirm',
      follows: '列入名单并分给导师等落实,不公布',
    },
    {
      id: 'decline',
      label: '不列入',
      from: ['confirming'],
      to: 'declined',
      by: [...leaders],
      needsReason: true,
      step: 'confirm',
    },
    {
      id: 'file',
      label: '报上级备案',
      from: ['filing'],
      to: 'acknowledging',
      by: [...office],
      needsReason: false,
      step: 'file',
      follows: '县区收到后给回执',
    },
    {
      id: 'acknowledge',
      label: '备案回执',
      from: ['acknowledging'],
      to: 'listed',
      by: ['county-aid-officer'],
      needsReason: false,
      step: 'receipt',
      fields: [prose('receipt', '回执编号', 60, { encrypted: false })],
    },
    {
      id: 'send-back',
      label: '退回备案',
      from: ['acknowledging'],
      to: 'filing',
      by: ['county-aid-officer'],
      needsReason: true,
    },
    {
      id: 'assess',
      label: '定期评估,继续',
      from: ['listed'],
      to: 'listed',
      by: ['school-aid-officer', 'mentor', 'leader-in-charge'],
      needsReason: true,
      fields: [
        {
          ...necessary,
          id: 'progress',
          label: '变化',
          codes: { 1: '明显好转', 2: '有好转', 3: '没有好转', 4: '加重' },
        },
        prose('care', '调整后的关爱内容', 2_000, { required: false }),
      ],
    },
    {
      id: 'propose-exit',
      label: '提出退出',
      from: ['listed'],
      to: 'next',
      by: ['school-aid-officer', 'mentor', 'leader-in-charge'],
      needsReason: true,
      fields: [development],
    },
    {
      id: 'review-exit',
      label: '评议同意退出',
      from: ['exit-reviewing'],
      to: 'exit-confirming',
      by: [...office],
      needsReason: true,
      fields: [members, development],
      step: 'review',
    },
    {
      id: 'keep',
      label: '暂不退出',
      from: ['exit-reviewing', 'exit-confirming'],
      to: 'listed',
      by: [...leaders],
      needsReason: true,
    },
    {
      id: 'exit',
      label: '确认退出',
      from: ['exit-confirming'],
      to: 'watching',
      by: [...leaders],
      needsReason: true,
      step: 'confirm',
      follows: '移出名单,进入观察期',
    },
    {
      id: 'relist',
      label: '观察期内重新列入',
      from: ['watching'],
      to: 'listed',
      by: [...leaders],
      needsReason: true,
      fields: [concern, prose('care', '确认的关爱内容', 2_000)],
    },
    { id: 'end-watch', label: '观察期满', from: ['watching'], to: 'exited', by: ['clock'], needsReason: false },
  ],
} as const satisfies Flow

/** Fewest people who deliberate together. 平台口径 */
export const fewestReviewers = 3

/** The names written as members of a review, each once. */
export const namesIn = (written: string): readonly string[] => [
  ...new Set(
    written
      .split(/[、,,;;\s]+/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]
