import { type AnswerOf, notFound, type ParamsOf, type QueryOf } from '#contract/platform'
import {
  compareVersions,
  type comparePacks as declared,
  type Pack,
  type Rule,
  type RuleDifference,
  sayCite,
  sayRule,
  versionKindOf,
} from '#contract/policies'
import { newestChain } from './read-handed-in.ts'
import type { Registry } from './registry.ts'

type Answer = AnswerOf<typeof declared>

const namesIn = (packs: readonly Pack[]) => {
  const rules = packs.flatMap((pack) => pack.rules)
  return {
    who: rules.filter((rule) => rule.kind === 'who'),
    duties: rules.filter((rule) => rule.kind === 'duty'),
    records: rules.filter((rule) => rule.kind === 'record'),
  }
}

const sideOf = (rule: Rule | undefined, packs: readonly Pack[]): Answer['differences'][number]['before'] => {
  if (!rule) return null
  const days = [rule.from ? `${rule.from} 起` : '', rule.until ? `至 ${rule.until}` : ''].filter(Boolean).join(' ')
  return { sentence: `${sayRule(rule, namesIn(packs))}${days ? `(${days})` : ''}`, cite: sayCite(rule.cite, packs) }
}

const viewOf = (
  one: RuleDifference,
  older: readonly Pack[],
  newer: readonly Pack[],
): Answer['differences'][number] => ({
  change: one.change,
  kind: one.kind,
  ref: one.ref,
  label:
    (one.after ?? one.before)?.label ??
    newer.flatMap(({ rules }) => rules).find(({ ref }) => ref === one.ref)?.label ??
    one.ref,
  before: sideOf(one.before, older),
  after: sideOf(one.after, newer),
})

/** Two versions of a pack, rule by rule, each side in plain Chinese with its article. */
export const compareOnFile = (
  registry: Registry,
  { issuer }: ParamsOf<typeof declared>,
  { older, newer }: QueryOf<typeof declared>,
): Answer => {
  const [before, after] = [registry.known().find(issuer, older), registry.known().find(issuer, newer)]
  if (!before || !after) throw notFound()
  const above = after.extends ? newestChain(registry.known(), after.extends) : []
  const differences = compareVersions(before, after)
  return {
    issuer,
    name: after.name,
    kind: versionKindOf(differences) ?? null,
    differences: differences.map((one) => viewOf(one, [...above, before], [...above, after])),
  }
}
