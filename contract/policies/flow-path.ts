import type { PostId } from '#contract/people'
import type { ClassRef } from './condition.ts'
import type { DoneBefore, FlowExample, FlowRule, FlowStep, StepBefore } from './rule.ts'

/** The steps that are on, in order. */
export function stepsOf(rule: Pick<FlowRule, 'steps'>): readonly FlowStep[] {
  return rule.steps.filter((step) => step.on)
}

/** What is known of a student when a step is about to be taken. */
export interface StepEvidence {
  readonly done: readonly DoneBefore[]
  readonly classes: readonly ClassRef[]
}

/**
 * What must still be done before a post may take a step: visited first, recognised after [C5 S10]. Empty when it may.
 * A post named in `exceptBy` may go on with a written reason.
 */
export function stillBefore(
  step: Pick<FlowStep, 'first'>,
  by: { readonly posts: readonly PostId[]; readonly reason?: string | null | undefined },
  { done, classes }: StepEvidence,
): readonly StepBefore[] {
  return step.first.filter((before) => {
    if (before.for !== undefined && !classes.includes(before.for)) return false
    if (done.some((act) => stands(act, before))) return false
    return !(by.reason?.trim() && before.exceptBy.some((post) => by.posts.includes(post)))
  })
}

const stands = (act: DoneBefore, { record, where, days }: StepBefore): boolean =>
  act.record === record &&
  act.daysAgo >= 0 &&
  act.daysAgo < days &&
  Object.entries(where).every(([field, codes]) => (act.codes[field] ?? []).some((code) => codes.includes(code)))

/**
 * Why a sequence of moves does not carry a flow to its end, in Chinese; undefined when it does. Every step that is on
 * is taken once, in order, by a post that may, with a reason where one is needed, after what must come before it.
 */
export function whyNotPath(rule: Pick<FlowRule, 'steps'>, { moves, ...evidence }: FlowExample): string | undefined {
  const steps = stepsOf(rule)
  for (const [index, step] of steps.entries()) {
    const move = moves[index]
    if (move?.step !== step.id) return `缺少“${step.label}”这一步`
    if (!step.by.includes(move.by)) return `“${step.label}”不由这个岗位办理`
    if (step.needsReason && !move.reason?.trim()) return `“${step.label}”须写明理由`
    if (stillBefore(step, { posts: [move.by], reason: move.reason }, evidence).length > 0)
      return `“${step.label}”之前须先完成规定的记录`
  }
  return moves.length > steps.length ? '步骤之外还有多余的办理' : undefined
}
