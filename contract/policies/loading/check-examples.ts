import type { ClassLookup, PlainDate } from '../condition.ts'
import { evaluate } from '../evaluate.ts'
import { whyNotPath } from '../flow-path.ts'
import { guardAllows } from '../guarding.ts'
import { countsIn, dutyProgress } from '../needs.ts'
import type { Pack } from '../pack.ts'
import { problemsOfContent } from '../records-content.ts'
import type { ClassRule, Examples, Rule } from '../rule.ts'
import { classLookup, rulesInForce } from '../rules-in-force.ts'
import { suggestionFor } from '../suggestion.ts'

/** The day examples are judged on when neither they nor their rule name one: the first day of a school year. */
const EXAMPLE_DAY: PlainDate = '2025-09-01'

/**
 * Runs a rule's examples against the packs it stands on, its own pack last. Answers what fails, one sentence each,
 * with the side and place of the example.
 */
export function failingExamples(
  rule: Rule,
  packs: readonly Pack[],
): readonly { side: 'in' | 'out' | 'unknown'; index: number; sentence: string }[] {
  switch (rule.kind) {
    case 'who':
      return judge(rule.examples, (example) => {
        const date = example.date ?? rule.from ?? EXAMPLE_DAY
        return judgeStudent(rule, example, date, lookupFor(rule, packs, date))
      })
    case 'duty':
      return judge(rule.examples, (example) => (dutyProgress(rule, example).met ? 'in' : 'out'))
    case 'record':
      return judge(rule.examples, ({ content }) => (problemsOfContent(rule, content).length === 0 ? 'in' : 'out'))
    case 'count':
      return judge(rule.examples, (example) => (countsIn(rule, example) ? 'in' : 'out'))
    case 'guard':
      return judge(rule.examples, (example) => (guardAllows(rule, example) ? 'in' : 'out'))
    case 'flow':
      return judge(rule.examples, (example) => (whyNotPath(rule, example) === undefined ? 'in' : 'out'))
  }
}

type Side = 'in' | 'out' | 'unknown'
const sideNames: Readonly<Record<string, string>> = { in: '符合', out: '不符合', unknown: '情况不明' }

function judge<E>(examples: Examples<E>, judgeOne: (example: E) => Side | string) {
  return (['in', 'out', 'unknown'] as const).flatMap((side) =>
    examples[side].flatMap((example, index) => {
      const found = judgeOne(example)
      if (found === side) return []
      const sentence = `例子(${side} 第 ${index + 1} 个)应为“${sideNames[side]}”,实际是“${sideNames[found] ?? found}”`
      return [{ side, index, sentence }]
    }),
  )
}

function judgeStudent(
  rule: ClassRule,
  example: ClassRule['examples']['in'][number],
  date: PlainDate,
  classes: ClassLookup,
): Side | string {
  const { answer } = evaluate(rule.when, example.subject, date, classes)
  if (answer !== 'met') return answer === 'unknown' ? 'unknown' : 'out'
  if (!rule.suggests) return 'in'
  const suggested = suggestionFor(rule, example.subject, date, classes)
  return suggested === example.suggests ? 'in' : `建议值是 ${String(suggested ?? '无')}`
}

/** The classes in force that day, with this very text of the rule, even when another replaces it then. */
function lookupFor(rule: ClassRule, packs: readonly Pack[], date: PlainDate): ClassLookup {
  const standing = classLookup(rulesInForce(packs, date))
  return (ref) => (ref === rule.ref ? rule.when : standing(ref))
}
