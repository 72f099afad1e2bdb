import { listDue } from '#contract/duties'
import { Page, Panel, useAddress, useAnswerPages, useQueryMembers } from '#web/platform'
import { DueList } from './due-list.tsx'

/** One duty with the names still missing, as its own page (from a figure or a message). */
export const DuePage = () => {
  const rule = Number(useAddress<'rule'>().rule)
  const [members] = useQueryMembers()
  const unit = members.unit ? { unit: members.unit } : {}
  const list = useAnswerPages(listDue, { params: { rule }, query: unit })
  return (
    <Page title={list.pages?.[0]?.title ?? '任务'} breadcrumb={[{ label: '工作台', to: '/' }]}>
      <Panel flush>
        <DueList rule={rule} {...unit} />
      </Panel>
    </Page>
  )
}
