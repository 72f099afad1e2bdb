import { allowed, coded, type Flow, over, prose, step, waiting } from '#contract/flows'

/** Whom harm is reported to. */
export const reportedTo = { 1: '公安机关', 2: '民政部门', 3: '公安和民政' } as const

const preparers = [
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
] as const
const desk = ['principal', 'leader-in-charge', 'county-aid-officer'] as const
const signers = [...desk, 'county-leader'] as const
const told = '正在办理'

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
    coded('to', '报告哪里', reportedTo),
    prose('facts', '发现的情况', 3_000, { hint: '写看到的事实;不询问细节,不猜测' }),
    prose('measures', '已经采取的保护措施', 1_000, { required: false }),
  ],
  states: {
    prepared: waiting('待签发', told, desk, { clock: allowed(2, 'hours', 1) }),
    sending: waiting('待报送', told, desk, { clock: allowed(2, 'hours', 1) }),
    sent: waiting('已报送,待回执', told, desk, { clock: allowed(72, 'hours', 24) }),
    receipted: over('已有回执'),
    withdrawn: over('经查不是'),
  },
  moves: [
    step('prepare', '报告', ['none'], 'prepared', preparers, {
      needs: ['content'],
      follows: '2 小时内签发;学生家人和其他老师都看不到',
    }),
    step('sign', '签发', ['prepared'], 'sending', signers, { follows: '打印报告单,送交接收机关' }),
    step('find-otherwise', '经查不是', ['prepared'], 'withdrawn', ['county-aid-officer', 'county-leader'], {
      needsReason: true,
    }),
    step('dispatch', '已报送', ['sending'], 'sent', signers, { fields: [prose('receiver', '接收单位和接报人', 100)] }),
    step('receipt', '登记回执', ['sent'], 'receipted', signers, { fields: [prose('number', '回执编号', 60)] }),
  ],
} as const satisfies Flow
