import { useState } from 'react'
import type { ImportView } from '#contract/imports'
import { Panel, TabStrip } from '#web/platform'
import { OutcomeRows } from './outcome-rows.tsx'
import { firstTab, type OutcomeTab, tabsFor } from './outcomes.ts'
import { isMatchedList } from './words.ts'

/** What the check found, one tab for each outcome with its count. */
export function OutcomeTabs({ view }: { view: ImportView }) {
  const tabs = tabsFor(view.counts, isMatchedList(view))
  const [chosen, choose] = useState<OutcomeTab>(() => firstTab(tabs))
  return (
    <Panel title={`核对结果 · 共 ${view.counts.rows.toLocaleString('zh-CN')} 行`}>
      <TabStrip
        label="核对结果"
        active={chosen}
        onChange={(key) => choose(tabs.find(({ tab }) => tab === key)?.tab ?? 'faults')}
        tabs={tabs.map(({ tab, label, count }) => ({
          key: tab,
          label: count === null ? label : `${label} ${count.toLocaleString('zh-CN')}`,
        }))}
      >
        <OutcomeRows key={chosen} importId={view.id} tab={chosen} />
      </TabStrip>
    </Panel>
  )
}
