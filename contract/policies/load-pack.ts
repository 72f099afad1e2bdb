import { checkClasses } from './loading/check-classes.ts'
import { failingExamples } from './loading/check-examples.ts'
import { checkStanding } from './loading/check-standing.ts'
import { readCount } from './loading/read-count.ts'
import { readDuty } from './loading/read-duty.ts'
import { readFlow } from './loading/read-flow.ts'
import { readGuard } from './loading/read-guard.ts'
import { readHeader } from './loading/read-header.ts'
import { readRecord } from './loading/read-record.ts'
import { readRuleFiles, type WrittenEntry } from './loading/read-rule-files.ts'
import { readWho } from './loading/read-who.ts'
import { type PackFile, type ReadFile, readYaml } from './loading/read-yaml.ts'
import type { Written } from './loading/shapes/index.ts'
import { rulesAbove, type Standing } from './loading/standing.ts'
import type { Pack, PackProblem } from './pack.ts'
import type { RecordKindDefinition, Rule, RuleKind } from './rule.ts'

export type { PackFile } from './loading/read-yaml.ts'

export type LoadedPack = { readonly pack: Pack } | { readonly problems: readonly PackProblem[] }

const MOST_PROBLEMS = 200

/**
 * Loads a pack from its files (`pack.yaml` and up to six rule files). `above` are the packs it extends, highest first.
 * Answers the checked pack, or every problem with file, line, rule and a sentence for its author. A pack with one
 * problem is refused whole.
 */
export function loadPack(files: readonly PackFile[], above: readonly Pack[] = []): LoadedPack {
  const problems: PackProblem[] = []
  const read: ReadFile[] = []
  for (const file of files) {
    const result = readYaml(file)
    if ('problems' in result) problems.push(...result.problems)
    else read.push(result)
  }
  const header = readHeader(read, above, problems)
  if (!header) return { problems }
  const { entries, endings } = readRuleFiles(read, header, above, problems)

  const draft: Standing = {
    issuer: header.issuer,
    above,
    documents: new Set([...above, header].flatMap((pack) => pack.documents.map((document) => document.id))),
    own: ownRefs(header.issuer, entries),
    records: new Map(rulesAbove({ above }, 'record').map((rule) => [rule.id, rule as RecordKindDefinition])),
  }
  const ownRecords = entries.filter((entry) => entry.kind === 'record').flatMap((entry) => readRule(entry, draft) ?? [])
  const standing: Standing = {
    ...draft,
    records: new Map([...draft.records, ...ownRecords.map((rule) => [rule.id, rule as RecordKindDefinition] as const)]),
  }
  const others = entries.filter((entry) => entry.kind !== 'record').flatMap((entry) => readRule(entry, standing) ?? [])
  if (problems.length > 0) return { problems: problems.slice(0, MOST_PROBLEMS) }

  const pack: Pack = { ...header, rules: [...ownRecords, ...others], endings }
  const complain = (rule: Rule, sentence: string, path: readonly (string | number)[] = []) => {
    const entry = entries.find(
      (candidate) => candidate.kind === rule.kind && candidate.line === rule.line && candidate.written.id === rule.id,
    )
    if (entry) entry.say(sentence, path)
  }
  checkStanding(pack, above, complain)
  checkClasses(
    pack.rules,
    above.flatMap((higher) => higher.rules),
    complain,
  )
  // Examples are only run on classes known to be without circles.
  if (problems.length > 0) return { problems: problems.slice(0, MOST_PROBLEMS) }
  for (const rule of pack.rules)
    for (const { side, index, sentence } of failingExamples(rule, [...above, pack]))
      complain(rule, sentence, ['examples', side, index])
  return problems.length > 0 ? { problems: problems.slice(0, MOST_PROBLEMS) } : { pack }
}

function ownRefs(issuer: string, entries: readonly WrittenEntry[]): ReadonlyMap<RuleKind, ReadonlySet<string>> {
  const refs = new Map<RuleKind, Set<string>>()
  for (const { kind, written } of entries) {
    const known = refs.get(kind) ?? new Set<string>()
    refs.set(kind, known.add(written.replaces ?? `${issuer}/${written.id}`))
  }
  return refs
}

/** Each entry was checked against the shape of its kind, so the written form may be taken at its word here. */
function readRule({ kind, written, line, say }: WrittenEntry, standing: Standing): Rule | undefined {
  switch (kind) {
    case 'who':
      return readWho(written as Written<'who'>, line, standing, say)
    case 'duty':
      return readDuty(written as Written<'duty'>, line, standing, say)
    case 'record':
      return readRecord(written as Written<'record'>, line, standing, say)
    case 'flow':
      return readFlow(written as Written<'flow'>, line, standing, say)
    case 'count':
      return readCount(written as Written<'count'>, line, standing, say)
    case 'guard':
      return readGuard(written as Written<'guard'>, line, standing, say)
  }
}
