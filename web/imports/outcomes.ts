import type { listImportRows } from '#contract/imports'
import type { AnswerOf } from '#contract/platform'
import type { ImportCounts } from './words.ts'

export type ImportRow = AnswerOf<typeof listImportRows>['rows'][number]
export type OutcomeTab = ImportRow['outcome'] | 'faults'

export const outcomeWords: Record<OutcomeTab, { label: string; empty: string }> = {
  new: { label: '新增', empty: '没有要新增的行。' },
  changed: { label: '变更', empty: '没有要变更的行。' },
  unchanged: { label: '不变', empty: '没有不变的行。' },
  matched: { label: '对上', empty: '没有对上学籍的行。' },
  doubtful: { label: '有疑问', empty: '没有需要人工核对的行。' },
  unmatched: { label: '学籍里没有', empty: '名单上的人都在学籍里。' },
  refused: { label: '退回', empty: '没有退回的行。' },
  faults: { label: '问题一览', empty: '每一格都读得通,没有问题。' },
}

const own: readonly ImportRow['outcome'][] = ['new', 'changed', 'unchanged', 'refused']
const matchedList: readonly ImportRow['outcome'][] = ['matched', 'doubtful', 'unmatched', 'refused']

export interface TabCount {
  readonly tab: OutcomeTab
  readonly label: string
  /** Null where the number is not counted ahead. */
  readonly count: number | null
}

/**
 * The tabs of a preview: what a roster brings, or how a list met the roster; then all faults. Each row stands in one of
 * them: what matched rows would change is a part of the matched, not a kind beside it.
 */
export const tabsFor = (counts: ImportCounts, matched: boolean): TabCount[] => {
  const tabs: TabCount[] = (matched ? matchedList : own).map((tab) => ({
    tab,
    label: outcomeWords[tab].label,
    count: counts[tab],
  }))
  return [...tabs, { tab: 'faults', label: outcomeWords.faults.label, count: null }]
}

/** The tab that opens first: what a person has to look at before what is fine. */
export const firstTab = (tabs: readonly TabCount[]): OutcomeTab =>
  tabs.find(({ tab, count }) => (tab === 'refused' || tab === 'doubtful') && (count ?? 0) > 0)?.tab ??
  tabs.find(({ count }) => (count ?? 0) > 0)?.tab ??
  'faults'

export interface FaultLine {
  readonly key: string
  readonly place: string
  readonly title: string
  readonly column: string
  readonly value: string
  readonly reason: string
  /** What the fault does: the whole row goes back, and its other faults with it; or only this cell is not taken. */
  readonly effect: string
}

/** One line for each fault, so that row, column, value and reason stand side by side as in the workbook. */
export const faultLines = (rows: readonly ImportRow[]): FaultLine[] =>
  rows.flatMap(({ row, place, title, outcome, faults }) =>
    faults.map(({ column, value, reason, scope }, index) => ({
      key: `${row}-${index}`,
      place,
      title,
      column,
      value,
      reason,
      effect: scope === 'row' ? '整行退回' : outcome === 'refused' ? '一并改好' : '只是这一格不用',
    })),
  )
