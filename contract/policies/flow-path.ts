import type { FlowExample, FlowRule, FlowStep } from './rule.ts'

/** The steps that are on, in order. */
export function stepsOf(rule: Pick<FlowRule, 'steps'>): readonly FlowStep[] {
  return rule.steps.filter((step) => step.on)
}

/**
 * Why a sequence of moves does not carry a flow to its end, in Chinese; undefined when it does. Every step that is on
 * is taken once, in order, by a post that may, with a reason where one is needed.
 */
export function whyNotPath(rule: Pick<FlowRule, 'steps'>, moves: FlowExample['moves']): string | undefined {
  const steps = stepsOf(rule)
  for (const [index, step] of steps.entries()) {
    const move = moves[index]
    if (move?.step !== step.id) return `缺少“${step.label}”这一步`
    if (!step.by.includes(move.by)) return `“${step.label}”不由这个岗位办理`
    if (step.needsReason && !move.reason?.trim()) return `“${step.label}”须写明理由`
  }
  return moves.length > steps.length ? '步骤之外还有多余的办理' : undefined
}
