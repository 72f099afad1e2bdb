import type { Flow } from '#contract/flows'
import { Refusal } from '#contract/platform'
import { type FlowRule, type RulesInForce, stepsOf } from '#contract/policies'
import { roundFlow } from './round-flow.ts'

type Deciding = 'direct' | 'trusted-list' | 'key-listing'

/** The pack's flow for a way of deciding, if one is in force: from trusted lists it starts from a class, directly from nothing. */
export const findFlowRule = ({ flows }: Pick<RulesInForce, 'flows'>, deciding: Deciding): FlowRule | undefined => {
  const fact = deciding === 'key-listing' ? 'key_student' : 'hardship_level'
  return flows.find(
    (rule) =>
      rule.procedure === undefined &&
      rule.decides.fact === fact &&
      (deciding === 'key-listing' || (rule.fromClass !== undefined) === (deciding === 'trusted-list')),
  )
}

/** The pack's rule for the yearly round. */
export const findRoundRule = ({ flows }: Pick<RulesInForce, 'flows'>): FlowRule | undefined =>
  flows.find(({ procedure }) => procedure === roundFlow.id)

/** A flow as the pack in force leaves it: a move keeps the posts both name, and needs a reason when either says so. */
export const flowAsRuled = (flow: Flow, moveId: string, rule: Pick<FlowRule, 'steps'> | undefined): Flow => {
  const step = rule && stepsOf(rule).at(-1)
  if (!step) return flow
  const narrowed = flow.moves.map((move) =>
    move.id === moveId
      ? {
          ...move,
          by: move.by.filter((post) => step.by.some((named) => named === post)),
          needsReason: move.needsReason || step.needsReason,
        }
      : move,
  )
  return { ...flow, moves: narrowed }
}

/** Why one confirmation is not enough under the pack in force; undefined when it is. A step is never skipped in silence. */
export const whyNotInOneStep = (rule: Pick<FlowRule, 'steps'> | undefined): Refusal | undefined => {
  const before = rule ? stepsOf(rule).slice(0, -1) : []
  if (before.length === 0) return undefined
  const labels = before.map(({ label }) => `“${label}”`).join('、')
  return new Refusal('recognition.steps-before', `本地规定确认之前须先办理${labels},不能直接确认。`)
}

/** Whether confirming needs a written reason under the pack in force. */
export const isReasonAsked = (flow: Flow, moveId: string, rule: Pick<FlowRule, 'steps'> | undefined): boolean =>
  flowAsRuled(flow, moveId, rule).moves.some((move) => move.id === moveId && move.needsReason)
