import { listMyRecords } from '#contract/family'
import { Empty, ErrorNote, formatDate, Loading, Page, Panel, useAddress, useAnswer, useMe } from '#web/platform'
import './family.css'

/** What was done for my child: the day, what, by whom. Nothing of what was written, no class, no count. [C6 G33] */
export const RecordsPage = () => {
  const { family } = useMe()
  const { schoolId, studentId } = useAddress<'schoolId' | 'studentId'>()
  const { data, error, refetch } = useAnswer(listMyRecords, { params: { schoolId, studentId } })
  const title = '做过的事'
  return (
    <Page
      title={title}
      tabTitle={title}
      breadcrumb={[{ label: '我的', to: '/my' }]}
      lead={data ? (family === 'student' ? '学校和老师为我做的' : `学校和老师为${data.name}做的`) : ''}
    >
      <div className="my">
        {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
        {data || error ? null : <Loading rows={4} />}
        {data?.records.length === 0 ? <Empty title="这里还没有内容">做过的家访、奖励会写在这里。</Empty> : null}
        {data && data.records.length > 0 ? (
          <Panel>
            <ol className="plain-list">
              {data.records.map(({ title: what, way, on, by, schoolName }, index) => (
                // The list is read at once and never changes its order.
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
                <li className="my-request" key={index}>
                  <div className="strong">
                    {what}
                    {way ? `(${way})` : ''}
                  </div>
                  <div className="quiet">
                    {formatDate(on)} · {by ?? schoolName}
                  </div>
                </li>
              ))}
            </ol>
            <p className="quiet">有不对的地方,请告诉班主任。</p>
          </Panel>
        ) : null}
      </div>
    </Page>
  )
}
