import { notFound, Refusal } from '#contract/platform'
import { type PanelRule, type PanelSide, panelSides } from '#contract/policies'

/** A member of a panel as decisions ask. `account`: votes in person; without one the chair enters the paper ballot. */
export interface PanelMember {
  readonly seat: string
  readonly side: PanelSide
  readonly chair: boolean
  readonly account: boolean
  readonly present: boolean
}

/** One ballot on one case; null abstains. */
export interface Ballot {
  readonly seat: string
  readonly choice: number | null
}

/** How many must be present: the greater of the fewest and the share of the seats. */
export interface Quorum {
  readonly least: number
  readonly share: number
}

/** What the ballots on one case come to. */
export type PanelResult =
  | { readonly kind: 'agreed'; readonly choice: number }
  | { readonly kind: 'tied'; readonly between: readonly number[] }
  | { readonly kind: 'no-quorum'; readonly present: number; readonly needed: number }
  /** Present members who have not voted yet. */
  | { readonly kind: 'waiting'; readonly missing: number }

/** Seats that must be filled before anything is decided. */
export const neededOf = ({ least, share }: Quorum, seats: number): number =>
  Math.max(least, Math.ceil((seats * share) / 100))

/** Ballots by choice, abstentions apart. */
export const tallyOf = (
  ballots: readonly Ballot[],
): { readonly votes: ReadonlyMap<number, number>; readonly abstained: number } => {
  const votes = new Map<number, number>()
  for (const { choice } of ballots) if (choice !== null) votes.set(choice, (votes.get(choice) ?? 0) + 1)
  return { votes, abstained: ballots.filter(({ choice }) => choice === null).length }
}

/**
 * The result on one case: more than half of those present and voting. Who stands aside counts neither as present nor as a
 * seat; when no choice has more than half, the chair decides in writing between those that lead (any, when all abstained).
 */
export const panelResult = (
  members: readonly PanelMember[],
  aside: ReadonlySet<string>,
  ballots: readonly Ballot[],
  quorum: Quorum,
): PanelResult => {
  const sitting = members.filter(({ seat }) => !aside.has(seat))
  const present = new Set(sitting.filter((member) => member.present).map(({ seat }) => seat))
  const needed = neededOf(quorum, sitting.length)
  if (present.size < needed) return { kind: 'no-quorum', present: present.size, needed }
  const valid = [...new Map(ballots.filter(({ seat }) => present.has(seat)).map((one) => [one.seat, one])).values()]
  if (valid.length < present.size) return { kind: 'waiting', missing: present.size - valid.length }
  const { votes } = tallyOf(valid)
  const cast = [...votes.values()].reduce((sum, count) => sum + count, 0)
  const most = Math.max(0, ...votes.values())
  const leading = [...votes].filter(([, count]) => count === most).map(([choice]) => choice)
  const [first] = leading
  if (first !== undefined && leading.length === 1 && most * 2 > cast) return { kind: 'agreed', choice: first }
  const between = leading.length > 1 ? leading : [...votes.keys()]
  return { kind: 'tied', between: between.sort((one, other) => one - other) }
}

/** Who decides a tie: the chair, or while the chair stands aside or is away the first teacher or leader present. */
export const decidesTie = (members: readonly PanelMember[], aside: ReadonlySet<string>): string | undefined => {
  const able = members.filter(({ seat, present }) => present && !aside.has(seat))
  return (able.find(({ chair }) => chair) ?? able.find(({ side }) => side === 'teacher' || side === 'leader'))?.seat
}

const refused = (code: string, sentence: string): Refusal => new Refusal(`flows.${code}`, sentence, 'conflict')

/**
 * Why a panel may not be made up like this at a kind of school; undefined when it may. Classmates sit only where the pack
 * names them, kindergartens have no panel, and too few seats join the unit above. [C19]
 */
export const whyNotConvene = (
  rule: PanelRule | undefined,
  seats: readonly { readonly side: PanelSide; readonly chair: boolean }[],
  isJoint: boolean,
): Refusal | undefined => {
  if (!rule) return refused('panel-none', '本地规定这类学校不设评议组。')
  const foreign = seats.find(({ side }) => !rule.sides.includes(side))
  if (foreign) return refused('panel-side', `评议组不能有“${panelSides[foreign.side]}”。`)
  if (seats.filter(({ chair }) => chair).length !== 1) return refused('panel-chair', '请指定一名组长。')
  if (seats.some(({ side, chair }) => chair && side !== 'teacher' && side !== 'leader'))
    return refused('panel-chair', '组长应由教师或学校负责人担任。')
  if (isJoint && rule.joins.length === 0) return refused('panel-joint', '本地规定不设联合评议。')
  if (seats.length >= rule.least) return undefined
  const join = rule.joins.length > 0 ? ',人数凑不齐的,请与上一级联合评议' : ''
  return refused('panel-too-small', `评议组至少 ${rule.least} 人${join}。`)
}

/** Where a member stands in one case. */
export interface Voting {
  readonly member: PanelMember | undefined
  readonly isAside: boolean
  readonly hasVoted: boolean
  readonly isClosed: boolean
  readonly choices: readonly number[]
}

/** Why a ballot is not taken; undefined when it is. A member who stands aside finds no such case. */
export const whyNotVote = (
  { member, isAside, hasVoted, isClosed, choices }: Voting,
  choice: number | null,
): Refusal | undefined => {
  if (!member || isAside) return notFound()
  if (isClosed) return refused('panel-closed', '评议已经结束,不能再表决。')
  if (!member.present) return refused('panel-absent', '没有登记到会的人不能表决。')
  if (hasVoted) return refused('panel-voted', '这件事已经表决过,不能再投。')
  if (choice !== null && !choices.includes(choice))
    return new Refusal('flows.panel-choice', '没有这个选项。', 'invalid')
  return undefined
}

/** Why a panel cannot be closed yet; undefined when every case has a result or the tie was decided. */
export const whyNotClose = (
  cases: readonly { readonly result: PanelResult; readonly decided: boolean }[],
): Refusal | undefined => {
  if (cases.length === 0) return refused('panel-empty', '没有要评议的事项。')
  const short = cases.find(({ result }) => result.kind === 'no-quorum')?.result
  if (short?.kind === 'no-quorum')
    return refused('needs-quorum', `到会 ${short.present} 人,至少要 ${short.needed} 人,不能形成结果。`)
  const waiting = cases.filter(({ result }) => result.kind === 'waiting').length
  if (waiting > 0) return refused('panel-waiting', `还有 ${waiting} 件没有表决完。`)
  const tied = cases.filter(({ result, decided }) => result.kind === 'tied' && !decided).length
  return tied > 0 ? refused('panel-tied', `还有 ${tied} 件票数相同,请组长写明理由后决定。`) : undefined
}
