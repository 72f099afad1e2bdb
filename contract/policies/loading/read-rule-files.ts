import type { Ending, Pack, PackProblem } from '../pack.ts'
import type { RuleKind } from '../rule.ts'
import type { Header } from './read-header.ts'
import type { Path, ReadFile } from './read-yaml.ts'
import { sentenceOf } from './sentences.ts'
import { checkedShapes, endingShape, type Written } from './shapes/index.ts'
import { rulesAbove, type Say, type WrittenRule } from './standing.ts'

export type WrittenEntry = WrittenRule<Written<RuleKind>>

const kinds: Readonly<Record<string, RuleKind>> = {
  'who.yaml': 'who',
  'duties.yaml': 'duty',
  'records.yaml': 'record',
  'flows.yaml': 'flow',
  'counts.yaml': 'count',
  'guards.yaml': 'guard',
}

const MOST_RULES = 1000

/** Reads the entries of the rule files, each checked against the shape of its kind; adds what is wrong. */
export function readRuleFiles(
  files: readonly ReadFile[],
  header: Header,
  above: readonly Pack[],
  problems: PackProblem[],
): { entries: readonly WrittenEntry[]; endings: readonly Ending[] } {
  const entries: WrittenEntry[] = []
  const endings: Ending[] = []
  for (const file of files) {
    if (file.name === 'pack.yaml') continue
    const kind = kinds[file.name]
    const complain = (line: number, sentence: string, rule?: string) =>
      problems.push({ file: file.name, line, sentence, ...(rule && { rule }) })
    if (!kind) complain(1, `不认识的文件名,只能有 pack.yaml、${Object.keys(kinds).join('、')}`)
    else if (!Array.isArray(file.data)) complain(1, '文件内容应是规则的列表,每条以“- id:”开头')
    else if (file.data.length > MOST_RULES) complain(1, `一个文件最多 ${MOST_RULES} 条规则`)
    else
      for (const [index, data] of file.data.entries()) {
        const id = nameOf(data)
        const say: Say = (sentence, path: Path = []) => complain(file.lineOf([index, ...path]), sentence, id)
        if (isEnding(data)) endings.push(...readEnding(data, kind, above, say))
        else entries.push(...readEntry(data, kind, file.lineOf([index]), above, header, say))
      }
  }
  return { entries, endings }
}

const nameOf = (data: unknown) =>
  typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string'
    ? data.id.slice(0, 60)
    : undefined

const isEnding = (data: unknown) => typeof data === 'object' && data !== null && 'ends' in data

function readEnding(data: unknown, kind: RuleKind, above: readonly Pack[], say: Say): readonly Ending[] {
  const checked = endingShape.safeParse(data)
  if (!checked.success) {
    for (const issue of checked.error.issues) say(sentenceOf(issue, data), issue.path as Path)
    return []
  }
  const { ends, from, cite } = checked.data
  if (rulesAbove({ above }, kind).every((rule) => rule.ref !== ends)) say(`上级没有规则“${ends}”,无从终止`, ['ends'])
  return [{ kind, ends, from, cite: cite.map(({ quote, ...rest }) => ({ ...rest, ...(quote && { quote }) })) }]
}

function readEntry(
  data: unknown,
  kind: RuleKind,
  line: number,
  above: readonly Pack[],
  header: Header,
  say: Say,
): readonly WrittenEntry[] {
  const replaces = typeof data === 'object' && data !== null && 'replaces' in data ? data.replaces : undefined
  const higher = rulesAbove({ above }, kind).find((rule) => rule.ref === replaces)
  if (replaces !== undefined && !higher) say(`上级没有规则“${String(replaces).slice(0, 120)}”,无从替换`, ['replaces'])
  const checked = checkedShapes[kind].safeParse(data)
  if (checked.success) return [{ kind, written: checked.data, line, say }]
  const named = (nameOf(data) ?? '').includes('/')
  const partial = higher && checked.error.issues.some((issue) => issue.code === 'invalid_type')
  if (partial || named)
    say(
      `不能只改上级规则里面的一部分(${header.name}):请写出完整的规则并用 replaces 替换它,或用 ends 终止它`,
      named ? ['id'] : ['replaces'],
    )
  for (const issue of checked.error.issues) say(sentenceOf(issue, data), issue.path as Path)
  return []
}
