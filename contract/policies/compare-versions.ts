import type { Pack } from './pack.ts'
import type { Rule, RuleKind, RuleRef } from './rule.ts'

/** What became of one rule between two versions of a pack. */
export type RuleChange = 'added' | 'figure' | 'wording' | 'changed' | 'ended'
export type VersionKind = 'patch' | 'minor' | 'major'

export interface RuleDifference {
  readonly change: RuleChange
  readonly kind: RuleKind
  readonly ref: RuleRef
  readonly before?: Rule
  readonly after?: Rule
}

// Numbers that say how many, how long or how often; the code of a coded fact is not a figure but a meaning.
const figureKeys = new Set(['atLeast', 'n', 'days', 'hours', 'workingDays', 'max', 'by', 'from', 'to'])
const wordingKeys = new Set(['label', 'cite', 'examples', 'standpoint', 'discloses', 'neutralTitle', 'hint', 'group'])
const measures = new Set(['at_least', 'at_most'])

type Mask = (key: string, value: unknown, inside: Record<string, unknown>) => unknown

const masked = (value: unknown, mask: Mask): unknown => {
  if (Array.isArray(value)) return value.map((item) => masked(item, mask))
  if (typeof value !== 'object' || value === null) return value
  const inside = value as Record<string, unknown>
  return Object.fromEntries(
    Object.keys(inside)
      .filter((key) => key !== 'line' && inside[key] !== undefined)
      .sort()
      .flatMap((key) => {
        const kept = mask(key, inside[key], inside)
        return kept === undefined ? [] : [[key, kept === inside[key] ? masked(kept, mask) : kept]]
      }),
  )
}

const whole: Mask = (_, value) => value
const withoutWording: Mask = (key, value) => (wordingKeys.has(key) ? undefined : value)
// First and last days of a rule are no figures: moving one begins or ends it on another day.
const withoutFigures: Mask = (key, value, inside) => {
  if (wordingKeys.has(key)) return undefined
  if ('id' in inside && (key === 'from' || key === 'until')) return value
  const isMeasure = key === 'value' && measures.has(String(inside.kind))
  const isScalar = typeof value === 'number' || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
  return isScalar && (isMeasure || figureKeys.has(key)) ? '#' : value
}

const textOf = (rule: unknown, mask: Mask) => JSON.stringify(masked(rule, mask))

const changeOf = (before: Rule, after: Rule): RuleChange | undefined => {
  if (textOf(before, whole) === textOf(after, whole)) return undefined
  if (textOf(before, withoutWording) === textOf(after, withoutWording)) return 'wording'
  if (textOf(before, withoutFigures) === textOf(after, withoutFigures)) return 'figure'
  return before.until === undefined && after.until !== undefined ? 'ended' : 'changed'
}

const placeOf = (rule: Pick<Rule, 'kind' | 'ref' | 'from'>) => `${rule.kind} ${rule.ref} ${rule.from ?? ''}`

/**
 * What differs between two versions of one pack, rule by rule, in the order of the newer version, ended rules last. A
 * rule that stands in several spans of time is compared span by span. Where a rule stands in its file does not matter.
 */
export function compareVersions(older: Pack, newer: Pack): readonly RuleDifference[] {
  const before = new Map(older.rules.map((rule) => [placeOf(rule), rule]))
  const after = new Set(newer.rules.map(placeOf))
  const standing = newer.rules.flatMap((rule): RuleDifference[] => {
    const known = before.get(placeOf(rule))
    if (!known) return [{ change: 'added', kind: rule.kind, ref: rule.ref, after: rule }]
    const change = changeOf(known, rule)
    return change ? [{ change, kind: rule.kind, ref: rule.ref, before: known, after: rule }] : []
  })
  const gone = older.rules
    .filter((rule) => !after.has(placeOf(rule)))
    .map((rule): RuleDifference => ({ change: 'ended', kind: rule.kind, ref: rule.ref, before: rule }))
  const endings = (pack: Pack) => new Set(pack.endings.map((one) => `${one.kind} ${one.ends} ${one.from}`))
  const [were, are] = [endings(older), endings(newer)]
  const ended = newer.endings
    .filter((one) => !were.has(`${one.kind} ${one.ends} ${one.from}`))
    .map((one): RuleDifference => ({ change: 'ended', kind: one.kind, ref: one.ends }))
  const again = older.endings
    .filter((one) => !are.has(`${one.kind} ${one.ends} ${one.from}`))
    .map((one): RuleDifference => ({ change: 'changed', kind: one.kind, ref: one.ends }))
  return [...standing, ...gone, ...ended, ...again]
}

/** The kind of version a difference calls for: a figure or wording put right, a rule added, a rule changed or ended. */
export function versionKindOf(differences: readonly RuleDifference[]): VersionKind | undefined {
  const kinds: Readonly<Record<RuleChange, VersionKind>> = {
    figure: 'patch',
    wording: 'patch',
    added: 'minor',
    changed: 'major',
    ended: 'major',
  }
  const found = new Set(differences.map(({ change }) => kinds[change]))
  return (['major', 'minor', 'patch'] as const).find((kind) => found.has(kind))
}

/** Negative when `a` is the older version. */
export function compareVersionNumbers(a: string, b: string): number {
  const [one, other] = [a.split('.').map(Number), b.split('.').map(Number)]
  const at = [0, 1, 2].find((index) => one[index] !== other[index])
  return at === undefined ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

/** The version number that follows by one step of a kind. */
export function nextVersion(version: string, kind: VersionKind): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (kind === 'major') return `${major + 1}.0.0`
  return kind === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
}

/** Which kind of step lies between two version numbers; undefined when the second is not the later one. */
export function stepBetween(older: string, newer: string): VersionKind | undefined {
  if (compareVersionNumbers(older, newer) >= 0) return undefined
  const [one, other] = [older.split('.'), newer.split('.')]
  if (one[0] !== other[0]) return 'major'
  return one[1] === other[1] ? 'patch' : 'minor'
}

const kindWords: Readonly<Record<VersionKind, string>> = {
  patch: '更正了数字或文字',
  minor: '新增了规则',
  major: '修改或终止了规则',
}

/** Why the number of a new version does not tell what it changes, in Chinese; undefined when it does. */
export function whyNotVersion(older: Pack, newer: Pack): string | undefined {
  const step = stepBetween(older.version, newer.version)
  if (!step) return `版本号应高于已有的 ${older.version}`
  const needed = versionKindOf(compareVersions(older, newer))
  if (!needed) return `与 ${older.version} 版没有不同,不必再交`
  if (step === needed) return undefined
  return `与 ${older.version} 版相比${kindWords[needed]},版本号应写 ${nextVersion(older.version, needed)}`
}
