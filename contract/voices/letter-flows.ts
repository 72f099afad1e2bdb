import { allowed, coded, type Flow, type Move, over, prose, type Role, step, waiting } from '#contract/flows'

const handlers = ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer', 'county-leader'] as const
const above = ['county-aid-officer', 'county-leader'] as const
/** Reports of harm go above, or to the school's leaders where it was done elsewhere. */
const investigators = ['county-aid-officer', 'county-leader', 'principal', 'leader-in-charge'] as const
const received = '已经收到'
const handled = '正在办理'

// Judged by whoever wrote, or looked at again above. [G16]
const answeredStates = (again: readonly Role[]) => ({
  answered: waiting('已答复,等评价', '已经答复,请您评价', ['applicant'], {
    clock: { count: 15, unit: 'days', whenOver: { move: 'lapse' } },
  }),
  escalated: waiting('不满意,上级再办', '上级正在办理', again, { clock: allowed(10, 'working-days', 3) }),
  closed: over('已办结'),
})

const answeredMoves = (again: readonly Role[]) => [
  step('satisfied', '评价答复', ['answered'], 'closed', ['applicant'], {
    fields: [coded('satisfaction', '您对答复', { 1: '满意', 2: '基本满意', 3: '不满意' })],
  }),
  step('escalate', '不满意,请上级再看', ['answered'], 'escalated', ['applicant'], {
    needsReason: true,
    follows: '由上一级单位重新办理',
  }),
  step('lapse', '逾期未评价', ['answered'], 'closed', ['clock']),
  step('answer-again', '上级答复', ['escalated'], 'closed', again, told),
]

const told = { needsReason: true, tellsReason: true, follows: '写下的话提出的人会看到' } as const
const send = step('send', '提交', ['none'], 'received', ['applicant'], { needs: ['content'] })

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
    prose('facts', '什么事', 3_000, { hint: '写时间、地点、经过' }),
    prose('wish', '希望怎样解决', 500, { required: false }),
    prose('person', '如果是反映某个人,写他的姓名', 40, { required: false, hint: '这个人和他的上下级都看不到' }),
  ],
  states: {
    received: waiting('待受理', received, handlers.slice(0, 4), { clock: allowed(3, 'working-days', 1) }),
    handling: waiting('办理中', handled, handlers.slice(0, 4), { clock: allowed(10, 'working-days', 3) }),
    ...answeredStates(above),
  },
  moves: [
    send,
    step('accept', '受理', ['received'], 'handling', handlers),
    step('answer', '答复', ['received', 'handling'], 'answered', handlers, told),
    ...answeredMoves(above),
  ] satisfies readonly Move[],
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
    prose('person', '是谁做的', 40, { hint: '姓名或职务;这个人和他的上下级都看不到' }),
    prose('facts', '什么事', 3_000, { hint: '写时间、地点、经过,谁在场' }),
    prose('child', '是哪个学生', 200, { required: false }),
    coded('danger', '学生现在有没有危险', { 1: '有,请马上处理', 2: '暂时没有', 3: '不清楚' }),
  ],
  states: {
    received: waiting('待核实', received, investigators, { clock: allowed(24, 'hours', 12) }),
    handling: waiting('调查处理', handled, investigators, { clock: allowed(10, 'working-days', 3) }),
    ...answeredStates(['county-leader', 'county-aid-officer']),
  },
  moves: [
    send,
    step('accept', '核实,开始处理', ['received'], 'handling', investigators, { needsReason: true }),
    step('answer', '处理完毕,答复', ['handling'], 'answered', investigators, {
      ...told,
      fields: [coded('outcome', '查实情况', { 1: '属实,已处理', 2: '部分属实,已处理', 3: '不属实', 4: '无法查实' })],
    }),
    ...answeredMoves(investigators),
  ] satisfies readonly Move[],
} as const satisfies Flow
