import type { PostId } from '#contract/people'
import type { SecrecyDomain } from '#contract/students'
import type { GuardExample, GuardedList, GuardReach, GuardRule, ImportListKind, OutwardDoor } from './rule.ts'
import type { RulesInForce } from './rules-in-force.ts'

type Guards = Pick<RulesInForce, 'guards'>

/** What a post sees and over whom; nothing when no guard names it. */
export function sightOf({ guards }: Guards, post: PostId): { domains: readonly SecrecyDomain[]; over: GuardReach } {
  const found = guards.map((rule) => rule.guards).find((guard) => guard.kind === 'sees' && guard.post === post)
  return found?.kind === 'sees' ? { domains: found.domains, over: found.over } : { domains: [], over: 'none' }
}

/** Whether holders of a post see facts and records of a domain within their reach. */
export function maySee(rules: Guards, post: PostId, domain: SecrecyDomain): boolean {
  return sightOf(rules, post).domains.includes(domain)
}

/** Whether a post may open the names of a guarded list [G3]. A list no guard names opens to nobody. */
export function mayOpenNames({ guards }: Guards, post: PostId, list: GuardedList): boolean {
  return guards.some(
    ({ guards: guard }) => guard.kind === 'opens' && guard.lists.includes(list) && guard.posts.includes(post),
  )
}

/** Whether a post may import a kind of list. A list no guard names is imported by nobody. */
export function mayImport({ guards }: Guards, post: PostId, list: ImportListKind): boolean {
  return guards.some(
    ({ guards: guard }) => guard.kind === 'imports' && guard.lists.includes(list) && guard.posts.includes(post),
  )
}

/** The words that no text others can see may hold [C24]. */
export function unspokenWords({ guards }: Guards): readonly string[] {
  return [...new Set(guards.flatMap(({ guards: guard }) => (guard.kind === 'unspoken' ? guard.words : [])))]
}

/** The unspoken words a text holds; empty when it may be shown. */
export function unspokenIn(rules: Guards, text: string): readonly string[] {
  return unspokenWords(rules).filter((word) => text.includes(word))
}

/**
 * Whether what a list, class or procedure says may go through a door to somebody who holds these posts; to nobody in
 * particular when there are none. What no guard withholds may. [G3]
 */
export function mayLeave({ guards }: Guards, list: string, door: OutwardDoor, posts: readonly string[]): boolean {
  return guards.every(
    ({ guards: guard }) =>
      guard.kind !== 'withholds' ||
      !guard.lists.includes(list) ||
      !guard.doors.includes(door) ||
      guard.but.some((post) => posts.includes(post)),
  )
}

/** From how many people a figure may be told outside the reporting chain; one when no guard says. */
export function fewestTold({ guards }: Guards): number {
  return Math.max(1, ...guards.flatMap(({ guards: guard }) => (guard.kind === 'suppresses' ? [guard.below] : [])))
}

/** What a guard answers to an example: allowed or refused. */
export function guardAllows(rule: Pick<GuardRule, 'guards'>, asked: GuardExample): boolean {
  const { guards } = rule
  switch (guards.kind) {
    case 'sees':
      return asked.post === guards.post && guards.domains.some((domain) => domain === asked.domain)
    case 'opens':
    case 'imports':
      return guards.lists.some((list) => list === asked.list) && guards.posts.some((post) => post === asked.post)
    case 'unspoken':
      return !guards.words.some((word) => (asked.text ?? '').includes(word))
    case 'withholds':
      return (
        !guards.lists.some((list) => list === asked.list) ||
        !guards.doors.some((door) => door === asked.door) ||
        guards.but.some((post) => post === asked.post)
      )
    case 'suppresses':
      return (asked.count ?? 0) >= guards.below
  }
}
