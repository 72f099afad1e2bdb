import { Go, Page, TabStrip, useMay, useQueryMembers } from '#web/platform'
import { MyVisits } from './my-visits.tsx'
import { ReviewQueue } from './review-queue.tsx'

const tabs = [
  { key: 'mine', label: '我的家访' },
  { key: 'review', label: '待审核' },
]

/** Visits: what I wrote, and for those who review, what waits for them. [C9 C12] */
export const VisitsPage = () => {
  const [members, setMembers] = useQueryMembers()
  const reviews = useMay('records.review-record')
  const overlooks = useMay('counts.export')
  const active = reviews && members.tab === 'review' ? 'review' : 'mine'
  return (
    <Page
      title="家访"
      lead="到家里看看,把看到的记下来。"
      actions={overlooks ? <Go to="/coverage">各单位的进度</Go> : null}
    >
      {reviews ? (
        <TabStrip label="家访" tabs={tabs} active={active} onChange={(tab) => setMembers({ tab })}>
          {active === 'review' ? <ReviewQueue /> : <MyVisits />}
        </TabStrip>
      ) : (
        <MyVisits />
      )}
    </Page>
  )
}
