import { Refusal } from '#contract/platform'
import { type Flow, type Need, stateOf } from './flow.ts'

export interface MoveAttempt {
  /** `none` when the case is not open yet. */
  readonly state: string
  readonly move: string
  /** Posts the person holds over the case's place, and what they are to the case. */
  readonly roles: readonly string[]
  readonly reason: string | null
  /** Which needs are met; left out where only posts and order are asked. */
  readonly met?: readonly Need[]
  /** The state's clock ran out. */
  readonly late?: boolean
  /** The version the person looked at and the one that stands. */
  readonly seen?: number
  readonly version?: number
}

const missing: Record<Need, string> = {
  content: '申请内容还没有填写完整。',
  attachment: '还没有上传要求的材料。',
  signature: '还没有签名。',
  panel: '还没有安排评议。',
  quorum: '到会人数不够,不能形成结果。',
  'panel-closed': '评议还没有结束。',
  answer: '还没有写答复。',
  visit: '还没有家访;确有原因不能先访的,请写明。',
}

const longestReason = 2_000

const reasonRefusal = (needsReason: boolean, reason: string | null): Refusal | undefined => {
  const field = (sentence: string) =>
    new Refusal('flows.reason', sentence, 'invalid', [{ field: 'reason', reason: sentence }])
  if (needsReason && !reason?.trim())
    return new Refusal('flows.reason-missing', '请写明理由。', 'invalid', [{ field: 'reason', reason: '请写明理由' }])
  return reason && [...reason].length > longestReason ? field(`理由最多 ${longestReason} 字。`) : undefined
}

/**
 * Why a move may not be made now, or undefined when it may. Deny is the default for a move nobody listed.
 * Refuses `flows.no-such-move`, `flows.not-your-post`, `flows.changed-meanwhile`, `flows.out-of-order`, `flows.too-late`,
 * `flows.reason-missing`, `flows.reason`, `flows.needs-<what>`.
 */
export const whyNotMove = (flow: Flow, attempt: MoveAttempt): Refusal | undefined => {
  const move = flow.moves.find((candidate) => candidate.id === attempt.move)
  if (!move) return new Refusal('flows.no-such-move', '没有这一步。', 'invalid')
  if (!move.by.some((role) => attempt.roles.includes(role)))
    return new Refusal('flows.not-your-post', '这一步不由您的岗位办理。', 'forbidden')
  if (attempt.seen !== undefined && attempt.version !== undefined && attempt.seen !== attempt.version)
    return new Refusal('flows.changed-meanwhile', '这件事刚刚有人办理过,请看过最新情况再办。')
  if (!move.from.includes(attempt.state) || stateOf(flow, attempt.state)?.final)
    return new Refusal('flows.out-of-order', `事项已不在可以“${move.label}”的状态,请刷新后再看。`)
  if (attempt.late && move.refusedLate) return new Refusal('flows.too-late', `“${move.label}”的期限已过。`)
  const written = reasonRefusal(move.needsReason, attempt.reason)
  if (written) return written
  const unmet = attempt.met && move.needs?.find((need) => !attempt.met?.includes(need))
  return unmet ? new Refusal(`flows.needs-${unmet}`, missing[unmet], 'conflict') : undefined
}
