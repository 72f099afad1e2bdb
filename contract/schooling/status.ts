import type { Flow } from '#contract/flows'
import { Refusal } from '#contract/platform'

/** Standing of a student at a school: 1 在读, 2 休学, 3 转出, 4 毕业, 5 退学. */
export type Status = 1 | 2 | 3 | 4 | 5

export const statusLabels: Readonly<Record<Status, string>> = { 1: '在读', 2: '休学', 3: '转出', 4: '毕业', 5: '退学' }

interface Change {
  readonly label: string
  readonly from: readonly Status[]
  readonly to: Status
}

/** Changes of standing by code, as the form of the procedure names them. */
export const changes: Readonly<Record<number, Change>> = {
  1: { label: '休学', from: [1], to: 2 },
  2: { label: '复学', from: [2], to: 1 },
  3: { label: '毕业', from: [1], to: 4 },
  4: { label: '退学', from: [1, 2], to: 5 },
}

const compulsory: readonly number[] = [2, 3]

/**
 * Why a student's standing cannot change so; undefined when it can. In the years of compulsory education nobody leaves
 * school (义务教育法 5, 27): who stays away is brought back, not written off.
 */
export const whyNotChange = (
  code: number,
  student: { readonly status: number; readonly stage: number },
): Refusal | undefined => {
  const change = changes[code]
  if (!change) return new Refusal('schooling.no-such-change', '没有这种变动。', 'invalid')
  if (!change.from.some((status) => status === student.status)) {
    const now = statusLabels[student.status as Status] ?? '未知'
    return new Refusal('schooling.not-from-here', `学生现在是“${now}”,不能办理${change.label}。`)
  }
  if (code === 4 && compulsory.includes(student.stage))
    return new Refusal('schooling.compulsory', '义务教育阶段不得退学,请按控辍保学联系家长和乡镇。')
  return undefined
}

const deciders = ['school-aid-officer', 'principal', 'leader-in-charge'] as const

/** Leave, return, graduation, leaving for good: asked for and decided by the school. */
export const standingFlow = {
  id: 'standing',
  label: '学籍变动:休学、复学、毕业、退学',
  neutralLabel: '学籍变动',
  domain: 'general',
  publication: 'never',
  form: [
    {
      id: 'change',
      label: '办理哪一项',
      type: 'code',
      required: true,
      max: 1,
      encrypted: false,
      codes: Object.fromEntries(Object.entries(changes).map(([code, { label }]) => [Number(code), label])),
    },
    { id: 'on', label: '从哪天起', type: 'date', required: true, max: 10, encrypted: false },
    { id: 'ground', label: '原因', type: 'text', required: true, max: 500, encrypted: true },
  ],
  states: {
    asked: {
      label: '待学校审核',
      told: '学校正在审核',
      desk: ['school-aid-officer'],
      clock: { count: 5, unit: 'working-days', warnBefore: 1, whenOver: 'escalate' },
    },
    decided: { label: '已办理', told: '已经办结', copies: ['class-teacher', 'counsellor'], final: true },
    refused: { label: '未同意', told: '学校没有同意', final: true },
    withdrawn: { label: '已撤回', told: '已经撤回', final: true },
  },
  moves: [
    {
      id: 'ask',
      label: '提交',
      from: ['none'],
      to: 'asked',
      by: ['class-teacher', 'counsellor', 'guardian', 'student', ...deciders],
      needsReason: false,
      needs: ['content'],
      follows: '由学校审核;同意后学籍状态随之改变。',
    },
    {
      id: 'approve',
      label: '同意',
      from: ['asked'],
      to: 'decided',
      by: deciders,
      needsReason: false,
      bulk: true,
      follows: '学生的学籍状态随之改变,不再在读的不再产生任务。',
    },
    { id: 'refuse', label: '不同意', from: ['asked'], to: 'refused', by: deciders, needsReason: true },
    { id: 'withdraw', label: '撤回', from: ['asked'], to: 'withdrawn', by: ['applicant'], needsReason: false },
  ],
} as const satisfies Flow
