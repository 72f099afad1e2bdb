import { Segmented } from 'antd'
import { Page, useQueryMembers } from '#web/platform'
import { KeyListingPanel } from './key-listing-panel.tsx'
import { RecognitionPanel } from './recognition-panel.tsx'

const lists = [
  { value: 'recognition', label: '免申即享' },
  { value: 'key-listing', label: '关爱名单' },
]

/** What waits for a decision: rules have proposed, people confirm. [C2 C6] */
export const FlowsPage = () => {
  const [members, setMembers] = useQueryMembers()
  const list = members.kind === 'key-listing' ? 'key-listing' : 'recognition'
  return (
    <Page
      title="名单确认"
      breadcrumb={[{ label: '办理', to: '/flows' }]}
      lead="名单由规则根据各部门数据提出,由您确认后才算数。"
    >
      <Segmented
        style={{ marginBottom: 12 }}
        options={lists}
        value={list}
        onChange={(kind) => setMembers({ kind })}
        aria-label="名单"
      />
      {list === 'recognition' ? <RecognitionPanel key={list} /> : <KeyListingPanel key={list} />}
    </Page>
  )
}
