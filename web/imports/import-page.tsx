import { Steps } from 'antd'
import { useState } from 'react'
import { getImport } from '#contract/imports'
import { ErrorNote, Loading, Page, Panel, useAddress, useAnswer } from '#web/platform'
import { CommitPanel } from './commit-panel.tsx'
import { ConfirmColumns } from './confirm-columns.tsx'
import { OutcomeTabs } from './outcome-tabs.tsx'
import { PassedSheets } from './passed-sheets.tsx'
import { ProgressPanel } from './progress-panel.tsx'
import { ResultPanel } from './result-panel.tsx'
import { StateTag } from './state-tag.tsx'
import { whenText } from './when.ts'
import { type ImportState, isWorking } from './words.ts'

const stepOf: Record<ImportState, number> = {
  received: 0,
  reading: 0,
  mapped: 1,
  previewing: 2,
  previewed: 2,
  committing: 3,
  committed: 4,
  cancelled: 0,
  failed: 0,
}
const stepTitles = ['识别', '确认列', '核对', '写入'] as const

/** One import from the file to what it changed. While the server works the page asks again each second. */
export const ImportPage = () => {
  const { importId } = useAddress<'importId'>()
  const [backToColumns, setBack] = useState(false)
  const [working, setWorking] = useState(true)
  const {
    data: view,
    error,
    refetch,
  } = useAnswer(getImport, { params: { importId } }, { every: working ? 1000 : false })
  if (view !== undefined && isWorking(view.state) !== working) setWorking(isWorking(view.state))

  const breadcrumb = [{ label: '导入与名单', to: '/imports' }]
  if (error && view === undefined) {
    return (
      <Page title="一次导入" breadcrumb={breadcrumb}>
        <Panel>
          <ErrorNote error={error} retry={() => void refetch()} />
        </Panel>
      </Page>
    )
  }
  if (view === undefined) {
    return (
      <Page title="一次导入" breadcrumb={breadcrumb}>
        <Panel>
          <Loading rows={8} />
        </Panel>
      </Page>
    )
  }
  const choosing = view.state === 'mapped' || (view.state === 'previewed' && backToColumns)
  const over = view.state === 'cancelled' || view.state === 'failed'
  return (
    <Page
      title={view.fileName}
      tabTitle="导入与名单"
      breadcrumb={breadcrumb}
      lead={
        <>
          {[view.kindLabel, view.unitName, view.createdByName].filter(Boolean).join(' · ')}{' '}
          <span className="unbroken">{whenText(view.createdAt)} 交来</span>
        </>
      }
      actions={<StateTag state={view.state} />}
    >
      {over ? null : (
        <Steps
          size="small"
          responsive={false}
          current={choosing ? 1 : stepOf[view.state]}
          items={stepTitles.map((title) => ({ title }))}
          titlePlacement="vertical"
          style={{ marginBottom: 16 }}
        />
      )}
      {isWorking(view.state) ? <ProgressPanel view={view} /> : null}
      {choosing ? <ConfirmColumns key={view.id} view={view} onStarted={() => setBack(false)} /> : null}
      {choosing ? null : <PassedSheets names={view.passedSheets} />}
      {view.state === 'previewed' && !choosing ? (
        <>
          <CommitPanel view={view} onBack={() => setBack(true)} />
          <OutcomeTabs key={`${view.id} previewed`} view={view} />
        </>
      ) : null}
      {view.state === 'committed' || over ? <ResultPanel view={view} /> : null}
      {view.state === 'committed' ? <OutcomeTabs key={`${view.id} committed`} view={view} /> : null}
    </Page>
  )
}
