import type { AnswerOf } from '#contract/platform'
import type { listRulesInForce, ruleKindIds } from '#contract/policies'

export type RuleKindId = (typeof ruleKindIds)[number]
export type RuleHere = AnswerOf<typeof listRulesInForce>['kinds'][number]['rules'][number]

/** The six kinds of rule in the offices' words. */
export const kindWords: Record<RuleKindId, { readonly label: string; readonly hint: string }> = {
  who: { label: '对象', hint: '哪些学生归入哪一类,看哪些情况。' },
  duty: { label: '任务', hint: '谁、对哪类学生、多久做一次什么。' },
  record: { label: '记录', hint: '做了之后登记什么,哪些内容必填。' },
  flow: { label: '程序', hint: '一件事按哪几步办,每一步由谁办、几天办完。' },
  count: { label: '统计', hint: '怎样算应有、已有,名单对谁开放。' },
  guard: { label: '保密', hint: '谁能看、谁能导入、哪些话不能说。' },
}

/** Rules whose name, sentence or article holds the words; all of them for an empty search. */
export const rulesFound = (rules: readonly RuleHere[], search: string): RuleHere[] => {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return [...rules]
  return rules.filter(({ label, sentence, cites }) =>
    [label, sentence, ...cites.flatMap(({ document, at, quote }) => [document, at, quote ?? ''])].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  )
}

/** When a rule holds, said only where it has a first or last day. */
export const timeText = ({ from, until }: Pick<RuleHere, 'from' | 'until'>): string | undefined => {
  if (from !== null && until !== null) return `${from} 至 ${until}`
  if (from !== null) return `${from} 起`
  return until === null ? undefined : `至 ${until}`
}
