import type { Flow } from '#contract/flows'
import { applicationForm } from './application.ts'
import { roundMoves } from './round-moves.ts'

const teachers = ['class-teacher', 'counsellor'] as const

/**
 * Recognition by application, once a year. States in the order they are passed through; a pack leaves steps out (`awaits`),
 * names posts and days. Deliberation (`class-review`) is a panel's, where the kind of school has one. [C5 C8 C19 C26]
 */
export const roundFlow = {
  id: 'recognition-round',
  label: '家庭经济情况认定申请',
  neutralLabel: '学年申请',
  domain: 'family',
  publication: 'announced',
  states: {
    admitted: { label: '新生,待对应学籍', told: '等学校登记学籍', desk: ['school-aid-officer', ...teachers] },
    draft: { label: '填写中', told: '还没有提交', desk: ['applicant'] },
    'class-review': {
      label: '评议',
      told: '学校正在看您的申请',
      desk: teachers,
      awaits: 'review',
      clock: { count: 15, unit: 'working-days', warnBefore: 3, whenOver: 'escalate' },
    },
    'college-review': {
      label: '院系(年级)审核',
      told: '学校正在看您的申请',
      desk: ['leader-in-charge', 'counsellor'],
      awaits: 'college',
      clock: { count: 5, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    'school-review': {
      label: '学校复核',
      told: '学校正在看您的申请',
      desk: ['school-aid-officer'],
      awaits: 'check',
      clock: { count: 5, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    deciding: {
      label: '学校研究决定',
      told: '学校正在研究',
      desk: ['principal', 'leader-in-charge', 'school-aid-officer'],
      awaits: 'confirm',
      clock: { count: 5, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    announcement: {
      label: '公示',
      told: '学校已有结果,正在公示',
      awaits: 'notice',
      clock: { count: 5, unit: 'working-days', whenOver: { move: 'notice-over' } },
    },
    objected: {
      label: '有异议,核实中',
      told: '学校正在核实',
      desk: ['school-aid-officer'],
      awaits: 'objection',
      clock: { count: 3, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    recognised: { label: '已认定', told: '已经办好,本学年有效', desk: ['school-aid-officer'], copies: teachers },
    filing: {
      label: '已报备,等上级回执',
      told: '已经办好,本学年有效',
      desk: ['county-aid-officer'],
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    filed: { label: '已备案', told: '已经办好,本学年有效', copies: ['school-aid-officer'] },
    rechecking: {
      label: '复查',
      told: '学校正在复查',
      desk: ['school-aid-officer'],
      clock: { count: 10, unit: 'working-days', warnBefore: 2, whenOver: 'escalate' },
    },
    ended: { label: '已退出', told: '已经结束', copies: teachers, final: true },
    dishonest: { label: '取消(不实)', told: '已经取消', final: true },
    refused: { label: '未认定', told: '学校研究后没有同意', copies: teachers, final: true },
    withdrawn: { label: '已撤回', told: '您已撤回', final: true },
  },
  moves: roundMoves,
  form: applicationForm,
} as const satisfies Flow
