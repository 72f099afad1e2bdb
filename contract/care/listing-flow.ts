import { allowed, type Flow, over, prose, waiting } from '#contract/flows'
import { listingMoves } from './listing-moves.ts'

const office = ['school-aid-officer'] as const
const leaders = ['principal', 'leader-in-charge'] as const
const school = '学校正在落实'

/**
 * The key list: asked for on any day by student, guardian or teacher, deliberated on by a panel, confirmed with what care
 * is given, filed upward, deliberated on again when the time comes, and left with a time of watching. Nothing of it is
 * ever published. [G1 G2 G3 G4 G5 G6 G7 G28 C2] The days are ours (平台口径) unless a pack says others.
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
    reviewing: waiting('待集体评议', '学校正在研究', office, {
      awaits: 'review',
      clock: allowed(10, 'working-days', 2),
    }),
    confirming: waiting('待学校确认', '学校正在研究', leaders, {
      awaits: 'confirm',
      clock: allowed(10, 'working-days', 2),
    }),
    filing: waiting('已确认,待备案', school, office, { awaits: 'file', clock: allowed(5, 'working-days', 1) }),
    acknowledging: waiting('已报备案,待回执', school, ['county-aid-officer'], {
      awaits: 'receipt',
      clock: allowed(10, 'working-days', 2),
    }),
    listed: waiting('在册,定期评议', school, office, {
      clock: { count: 150, unit: 'days', warnBefore: 14, whenOver: { move: 'due-review' } },
    }),
    'exit-reviewing': waiting('待定期评议', school, office, {
      awaits: 'review',
      clock: allowed(10, 'working-days', 2),
    }),
    'exit-confirming': waiting('待确认退出', school, leaders, {
      awaits: 'confirm',
      clock: allowed(10, 'working-days', 2),
    }),
    watching: waiting('已退出,观察期', school, office, {
      clock: { count: 180, unit: 'days', warnBefore: 14, whenOver: { move: 'end-watch' } },
    }),
    declined: over('不列入'),
    withdrawn: over('已撤回', '已经撤回'),
    exited: over('已退出'),
  },
  moves: listingMoves,
} as const satisfies Flow
