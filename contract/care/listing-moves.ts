import { coded, type Move, prose, step } from '#contract/flows'
import type { RecordField } from '#contract/policies'
import { concerns } from '#contract/recognition'

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
const chair = ['panel-chair'] as const

/** What a panel votes for when a student is asked for: need and feasibility judged together. [G5] */
export const needChoices = { 1: '必要且可行', 2: '必要,眼下不可行', 3: '不必要' } as const

/** What a panel votes for when it looks again. [G7] */
export const againChoices = {
  1: '达到或超过正常水平,可以退出',
  2: '继续,关爱内容不变',
  3: '继续,调整关爱内容',
} as const

/** Who leads the care, by the kind of difficulty; the aid office sees where it stands. [G28] */
export const careOwners = {
  1: '德育(学工)部门',
  2: '心理健康教育部门',
  3: '教务部门',
  4: '就业指导部门',
  5: '特殊教育资源部门',
  6: '年级(院系)',
  9: '其他',
} as const

const choice: RecordField = {
  id: 'choice',
  label: '结果',
  type: 'integer',
  required: true,
  max: 9,
  encrypted: false,
}
const confirmed: readonly RecordField[] = [
  {
    id: 'concerns',
    label: '需要关注的方面',
    type: 'multi-code',
    required: true,
    max: 7,
    codes: concerns,
    encrypted: false,
  },
  prose('care', '确认的关爱内容', 2_000, { hint: '写清做什么、多久一次' }),
  coded('owner', '牵头部门', careOwners),
  prose('keeper', '负责人', 40, { hint: '写姓名' }),
]
const closing = { step: 'review', needs: ['panel-closed'], fields: [choice] } as const

/** The moves of the key list: who may, from where, with what beside it. */
export const listingMoves = [
  step('save', '存草稿', ['none', 'draft'], 'draft', [...askers, 'applicant']),
  step('request', '提交申请', ['none', 'draft'], 'next', [...askers, 'applicant'], {
    needs: ['content'],
    step: 'apply',
    follows: '由学校研究,不公示,也不告诉其他人',
  }),
  step('withdraw', '撤回申请', ['draft', 'reviewing'], 'withdrawn', ['applicant']),
  step('return', '退回补充', ['reviewing'], 'draft', office, { needsReason: true, tellsReason: true, step: 'review' }),
  step('review', '评议认为必要且可行', ['reviewing'], 'next', chair, closing),
  step('review-against', '评议认为不列入', ['reviewing'], 'declined', chair, closing),
  step('confirm', '列入名单', ['confirming'], 'next', leaders, {
    needsReason: true,
    fields: confirmed,
    step: 'confirm',
    follows: '列入名单,由牵头部门和导师等落实,不公布',
  }),
  step('decline', '不列入', ['confirming'], 'declined', leaders, { needsReason: true, step: 'confirm' }),
  step('file', '报上级备案', ['filing'], 'acknowledging', office, { step: 'file', follows: '县区收到后给回执' }),
  step('acknowledge', '备案回执', ['acknowledging'], 'listed', ['county-aid-officer'], {
    step: 'receipt',
    fields: [prose('receipt', '回执编号', 60, { encrypted: false })],
  }),
  step('send-back', '退回备案', ['acknowledging'], 'filing', ['county-aid-officer'], { needsReason: true }),
  step('call-review', '提请评议', ['listed'], 'exit-reviewing', ['school-aid-officer', 'mentor', 'leader-in-charge'], {
    needsReason: true,
    follows: '由评议组评议:退出、继续或者调整关爱内容',
  }),
  step('due-review', '到期评议', ['listed'], 'exit-reviewing', ['clock']),
  step('propose-exit', '提出退出', ['listed'], 'next', ['school-aid-officer', 'mentor', 'leader-in-charge'], {
    needsReason: true,
    fields: [coded('development', '现在的发展水平', { 1: '达到正常水平', 2: '超过正常水平' })],
  }),
  step('adjust', '调整关爱内容', ['listed'], 'listed', leaders, {
    needsReason: true,
    fields: [prose('care', '调整后的关爱内容', 2_000)],
    follows: '评议认为要调整的,在这里写新的关爱内容',
  }),
  step('review-exit', '评议同意退出', ['exit-reviewing'], 'exit-confirming', chair, closing),
  step('review-keep', '评议认为继续', ['exit-reviewing'], 'listed', chair, closing),
  step('keep', '暂不退出', ['exit-confirming'], 'listed', leaders, { needsReason: true }),
  step('exit', '同意退出', ['exit-confirming'], 'watching', leaders, {
    needsReason: true,
    step: 'confirm',
    follows: '移出名单,进入观察期',
  }),
  step('relist', '观察期内重新列入', ['watching'], 'listed', leaders, { needsReason: true, fields: confirmed }),
  step('end-watch', '观察期满', ['watching'], 'exited', ['clock']),
] satisfies readonly Move[]
