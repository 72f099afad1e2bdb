import { allowed, coded, type Flow, over, prose, step, waiting } from '#contract/flows'
import { type PostId, postIds } from '#contract/people'

/** Any member of staff and any partner may tell; who only keeps the system or audits sees no student and tells by voices. */
const tellers = postIds.filter((post): post is PostId => post !== 'auditor' && post !== 'administrator')
const takers = ['school-aid-officer', 'leader-in-charge', 'principal'] as const
const office = ['school-aid-officer', 'leader-in-charge', 'principal', 'county-aid-officer', 'assigned'] as const
const approvers = ['principal', 'leader-in-charge', 'county-aid-officer', 'county-leader', 'assigned'] as const

/** Most that one decision may grant, in fen. 平台口径 */
export const mostGranted = 5_000_000

/**
 * Help at once after a sudden change or a disaster: told by any member of staff or partner, looked into and decided within
 * hours that do not stop for nights or holidays, paid out of a fund, papers afterwards. The hours are ours (平台口径), the
 * posts are the pack's. [X9 C11]
 */
export const emergencyAid = {
  id: 'emergency-aid',
  label: '突发情况应急帮扶',
  neutralLabel: '紧急事项',
  domain: 'family',
  publication: 'never',
  form: [
    coded('cause', '发生了什么', {
      1: '自然灾害',
      2: '意外事故',
      3: '家人重病或去世',
      4: '家人失业',
      5: '房屋损毁或火灾',
      9: '其他',
    }),
    { id: 'happened', label: '哪天发生', type: 'date', required: true, max: 1, encrypted: false },
    prose('facts', '情况', 2_000, { hint: '写看到的、听到的;不知道的不必写' }),
    prose('needs', '眼下最需要什么', 500, { required: false }),
    prose('who', '是谁', 200, { required: false, hint: '没有选学生时写姓名、班级和怎么联系' }),
    coded('family', '能不能告诉家人', { 1: '可以', 2: '暂不告诉家人(情况可能与家人有关)' }),
  ],
  states: {
    reported: waiting('待核实', '学校正在核实', [...takers, 'assigned'], { clock: allowed(4, 'hours', 2) }),
    deciding: waiting('待审批', '学校正在办理', ['principal', 'leader-in-charge', 'assigned'], {
      awaits: 'approve',
      clock: allowed(20, 'hours', 8),
    }),
    papers: waiting('已同意,待补材料', '学校已经安排', takers, {
      clock: allowed(15, 'working-days', 3),
      copies: ['county-aid-officer', 'class-teacher', 'counsellor'],
    }),
    closed: over('已办结'),
    declined: over('未同意'),
    mistaken: over('情况不属实'),
  },
  moves: [
    // Without a student named anybody signed in may tell: partners hold no post over the school.
    step('report', '上报', ['none'], 'reported', [...tellers, 'guardian', 'student', 'applicant'], {
      needs: ['content'],
      follows: '值班人员 4 小时内核实,节假日不停',
    }),
    step('verify', '核实,送审批', ['reported'], 'next', office, {
      needsReason: true,
      untilKnown: ['number'],
      fields: [
        prose('number', '学籍号', 40, { required: false, hint: '上报时没有选学生的,在这里填' }),
        { id: 'asked', label: '建议金额', type: 'money', required: true, max: mostGranted, encrypted: false },
      ],
      follows: '审批人 20 小时内决定;审批人不在的由代理人决定',
    }),
    step('dismiss', '情况不属实', ['reported'], 'mistaken', office, { needsReason: true }),
    step('grant', '同意,从资金中支出', ['deciding'], 'papers', approvers, {
      needsReason: true,
      fields: [
        { id: 'amount', label: '金额', type: 'money', required: true, max: mostGranted, encrypted: false },
        {
          id: 'fund',
          label: '资金编号',
          type: 'integer',
          required: false,
          max: 9_999,
          encrypted: false,
          hint: '学校只有一项资金时不必填',
        },
      ],
      step: 'approve',
      follows: '立即记入资金支出,材料事后补齐',
    }),
    step('decline', '不同意', ['deciding'], 'declined', approvers, { needsReason: true, step: 'approve' }),
    step('complete', '材料已补齐', ['papers'], 'closed', takers, { needs: ['attachment'] }),
  ],
} as const satisfies Flow
