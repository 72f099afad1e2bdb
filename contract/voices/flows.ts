import type { Flow } from '#contract/flows'
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
const coded = (id: string, label: string, codes: Readonly<Record<number, string>>, required = true): RecordField => ({
  id,
  label,
  type: 'code',
  required,
  max: 1,
  codes,
  encrypted: false,
})

const satisfaction = coded('satisfaction', '您对答复', { 1: '满意', 2: '基本满意', 3: '不满意' })
const handlers = ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer', 'county-leader'] as const
const above = ['county-aid-officer', 'county-leader'] as const

const answeredMoves = (handled: readonly (typeof handlers)[number][]) =>
  [
    {
      id: 'satisfied',
      label: '评价答复',
      from: ['answered'],
      to: 'closed',
      by: ['applicant'],
      needsReason: false,
      fields: [satisfaction],
    },
    {
      id: 'escalate',
      label: '不满意,请上级再看',
      from: ['answered'],
      to: 'escalated',
      by: ['applicant'],
      needsReason: true,
      follows: '由上一级单位重新办理',
    },
    { id: 'lapse', label: '逾期未评价', from: ['answered'], to: 'closed', by: ['clock'], needsReason: false },
    {
      id: 'answer-again',
      label: '上级答复',
      from: ['escalated'],
      to: 'closed',
      by: [...handled],
      needsReason: true,
      tellsReason: true,
      follows: '写下的话提出的人会看到',
    },
  ] as const

/**
 * An objection, a tip, a request or complaint of any kind: anonymous or named, answered within days, judged by whoever
 * asked, taken up by the unit above when they are not satisfied. [C19 G16] Days are ours (平台口径).
 */
export const voice = {
  id: 'voice',
  label: '异议、线索和诉求',
  neutralLabel: '来信',
  domain: 'protection',
  publication: 'never',
  seenBy: 'desk',
  form: [
    coded('kind', '要说的是', { 1: '对结果有异议', 2: '提供线索', 3: '诉求或建议', 4: '投诉' }),
    prose('facts', '什么事', 3_000, true, '写时间、地点、经过'),
    prose('wish', '希望怎样解决', 500, false),
    prose('person', '如果是反映某个人,写他的姓名', 40, false, '这个人和他的上下级都看不到'),
  ],
  states: {
    received: {
      label: '待受理',
      told: '已经收到',
      desk: ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer'],
      clock: { count: 3, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    handling: {
      label: '办理中',
      told: '正在办理',
      desk: ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer'],
      clock: { count: 10, unit: 'working-days', warnBefore: 3, whenOver: 'escalate' },
    },
    answered: {
      label: '已答复,等评价',
      told: '已经答复,请您评价',
      desk: ['applicant'],
      clock: { count: 15, unit: 'days', whenOver: { move: 'lapse' } },
    },
    escalated: {
      label: '不满意,上级再办',
      told: '上级正在办理',
      desk: ['county-aid-officer', 'county-leader'],
      clock: { count: 10, unit: 'working-days', warnBefore: 3, whenOver: 'escalate' },
    },
    closed: { label: '已办结', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'send',
      label: '提交',
      from: ['none'],
      to: 'received',
      by: ['applicant'],
      needsReason: false,
      needs: ['content'],
    },
    { id: 'accept', label: '受理', from: ['received'], to: 'handling', by: [...handlers], needsReason: false },
    {
      id: 'answer',
      label: '答复',
      from: ['received', 'handling'],
      to: 'answered',
      by: [...handlers],
      needsReason: true,
      tellsReason: true,
      follows: '写下的话提出的人会看到',
    },
    ...answeredMoves(above.slice()),
  ],
} as const satisfies Flow

/**
 * A report that somebody mistreats a student: handled at the unit above, out of sight of the person reported and of
 * everybody at that unit, not even as a count. Looked at within hours, tracked to the end. [Z9 G16 G33]
 */
export const mistreatment = {
  id: 'mistreatment',
  label: '伤害或不当对待的报告',
  neutralLabel: '来信',
  domain: 'protection',
  publication: 'never',
  seenBy: 'desk',
  form: [
    coded('what', '是什么样的事', {
      1: '体罚或变相体罚',
      2: '歧视、挖苦、讽刺',
      3: '欺负、打骂',
      4: '侵害',
      9: '其他',
    }),
    prose('person', '是谁做的', 40, true, '姓名或职务;这个人和他的上下级都看不到'),
    prose('facts', '什么事', 3_000, true, '写时间、地点、经过,谁在场'),
    prose('child', '是哪个学生', 200, false),
    coded('danger', '学生现在有没有危险', { 1: '有,请马上处理', 2: '暂时没有', 3: '不清楚' }),
  ],
  states: {
    received: {
      label: '待核实',
      told: '已经收到',
      desk: ['county-aid-officer', 'county-leader', 'principal', 'leader-in-charge'],
      clock: { count: 24, unit: 'hours', warnBefore: 12, whenOver: 'escalate' },
    },
    handling: {
      label: '调查处理',
      told: '正在办理',
      desk: ['county-aid-officer', 'county-leader', 'principal', 'leader-in-charge'],
      clock: { count: 10, unit: 'working-days', warnBefore: 3, whenOver: 'escalate' },
    },
    answered: {
      label: '已答复,等评价',
      told: '已经答复,请您评价',
      desk: ['applicant'],
      clock: { count: 15, unit: 'days', whenOver: { move: 'lapse' } },
    },
    escalated: {
      label: '不满意,上级再办',
      told: '上级正在办理',
      desk: ['county-leader', 'county-aid-officer'],
      clock: { count: 10, unit: 'working-days', warnBefore: 3, whenOver: 'escalate' },
    },
    closed: { label: '已办结', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'send',
      label: '提交',
      from: ['none'],
      to: 'received',
      by: ['applicant'],
      needsReason: false,
      needs: ['content'],
    },
    {
      id: 'accept',
      label: '核实,开始处理',
      from: ['received'],
      to: 'handling',
      by: [...above, 'principal', 'leader-in-charge'],
      needsReason: true,
    },
    {
      id: 'answer',
      label: '处理完毕,答复',
      from: ['handling'],
      to: 'answered',
      by: [...above, 'principal', 'leader-in-charge'],
      needsReason: true,
      tellsReason: true,
      fields: [coded('outcome', '查实情况', { 1: '属实,已处理', 2: '部分属实,已处理', 3: '不属实', 4: '无法查实' })],
      follows: '写下的话提出的人会看到',
    },
    ...answeredMoves(['county-aid-officer', 'county-leader', 'principal', 'leader-in-charge']),
  ],
} as const satisfies Flow

/**
 * Harm done to a child must be reported to police or civil affairs (未成年人保护法第十一条): prepared, approved, sent and
 * receipted, known to those at its desk alone; never to the family. [G33]
 */
export const mandatoryReport = {
  id: 'mandatory-report',
  label: '强制报告',
  neutralLabel: '专报事项',
  domain: 'protection',
  publication: 'never',
  seenBy: 'desk',
  form: [
    coded('to', '报告哪里', { 1: '公安机关', 2: '民政部门', 3: '公安和民政' }),
    prose('facts', '发现的情况', 3_000, true, '写看到的事实;不询问细节,不猜测'),
    prose('measures', '已经采取的保护措施', 1_000, false),
  ],
  states: {
    prepared: {
      label: '待签发',
      told: '正在办理',
      desk: ['principal', 'leader-in-charge', 'county-aid-officer'],
      clock: { count: 2, unit: 'hours', warnBefore: 1, whenOver: 'escalate' },
    },
    sending: {
      label: '待报送',
      told: '正在办理',
      desk: ['principal', 'leader-in-charge', 'county-aid-officer'],
      clock: { count: 2, unit: 'hours', warnBefore: 1, whenOver: 'escalate' },
    },
    sent: {
      label: '已报送,待回执',
      told: '正在办理',
      desk: ['principal', 'leader-in-charge', 'county-aid-officer'],
      clock: { count: 72, unit: 'hours', warnBefore: 24, whenOver: 'escalate' },
    },
    receipted: { label: '已有回执', told: '已经办结', final: true },
    withdrawn: { label: '经查不是', told: '已经办结', final: true },
  },
  moves: [
    {
      id: 'prepare',
      label: '报告',
      from: ['none'],
      to: 'prepared',
      by: [
        'class-teacher',
        'counsellor',
        'mentor',
        'teacher',
        'psychology-teacher',
        'school-aid-officer',
        'leader-in-charge',
        'principal',
        'county-aid-officer',
        'county-psychology-officer',
      ],
      needsReason: false,
      needs: ['content'],
      follows: '2 小时内签发;学生家人和其他老师都看不到',
    },
    {
      id: 'sign',
      label: '签发',
      from: ['prepared'],
      to: 'sending',
      by: ['principal', 'leader-in-charge', 'county-aid-officer', 'county-leader'],
      needsReason: false,
    },
    {
      id: 'find-otherwise',
      label: '经查不是',
      from: ['prepared'],
      to: 'withdrawn',
      by: ['county-aid-officer', 'county-leader'],
      needsReason: true,
    },
    {
      id: 'dispatch',
      label: '已报送',
      from: ['sending'],
      to: 'sent',
      by: ['principal', 'leader-in-charge', 'county-aid-officer', 'county-leader'],
      needsReason: false,
      fields: [prose('receiver', '接收单位和接报人', 100, true)],
    },
    {
      id: 'receipt',
      label: '登记回执',
      from: ['sent'],
      to: 'receipted',
      by: ['principal', 'leader-in-charge', 'county-aid-officer', 'county-leader'],
      needsReason: false,
      fields: [prose('number', '回执编号', 60, true)],
    },
  ],
} as const satisfies Flow
