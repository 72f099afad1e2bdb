import { Alert, Segmented, Watermark } from 'antd'
import { listFilings } from '#contract/care'
import type { AnswerOf } from '#contract/platform'
import {
  type DataColumn,
  DataTable,
  Empty,
  formatDate,
  Page,
  Panel,
  useAnswerPages,
  useGo,
  useMe,
  useQueryMembers,
} from '#web/platform'

type Filing = AnswerOf<typeof listFilings>['filings'][number]

const columns: readonly DataColumn<Filing>[] = [
  { key: 'student', title: '学生', phone: 'title', render: ({ studentName }) => studentName ?? '(不显示姓名)' },
  {
    key: 'school',
    title: '学校和班级',
    phone: 'bare',
    render: (line) => [line.schoolName, line.className].filter(Boolean).join(' '),
  },
  {
    key: 'filed',
    title: '报备',
    phone: 'line',
    render: (line) => `${formatDate(line.filedOn.slice(0, 10))} ${line.filedBy}`,
  },
  { key: 'receipt', title: '回执编号', phone: 'line', render: ({ receipt }) => receipt ?? '—' },
  {
    key: 'receiptOn',
    title: '回执日期',
    phone: 'line',
    render: ({ receiptOn, dueAt, overdue }) => {
      if (receiptOn) return formatDate(receiptOn)
      return dueAt ? <span className={overdue ? 'heed' : 'quiet'}>{formatDate(dueAt.slice(0, 10))}前</span> : '—'
    },
  },
  { key: 'state', title: '现在', phone: 'aside', render: ({ stateLabel }) => stateLabel },
]

/** What was filed upward and its receipt: the county's, the school's own. Never published, never exported. [G3 G6] */
export const FilingsPage = () => {
  const go = useGo()
  const me = useMe()
  const [members, setMembers] = useQueryMembers()
  const only = members.only === 'waiting' ? 'waiting' : undefined
  const list = useAnswerPages(listFilings, { query: only ? { only } : {} })
  return (
    <Page title="备案" breadcrumb={[{ label: '办理', to: '/flows' }]} lead="学校报来的,和县区给的回执。">
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title="此名单不得公布"
        description="不公示、不张贴、不导出、不转发。打开会留下记录。"
      />
      <Segmented
        aria-label="哪些备案"
        style={{ marginBottom: 12 }}
        options={[
          { value: 'all', label: '全部' },
          { value: 'waiting', label: '等回执' },
        ]}
        value={only ?? 'all'}
        onChange={(value) => setMembers({ only: value === 'waiting' ? 'waiting' : undefined })}
      />
      <Watermark content={`${me.name} ${me.today}`} font={{ color: 'rgba(0,0,0,0.06)' }}>
        <Panel flush>
          <DataTable
            label="备案"
            rows={list.pages?.flatMap(({ filings }) => filings)}
            rowKey={({ caseId }) => caseId}
            columns={columns}
            onOpen={({ schoolId, caseId }) => go(`/flows/${schoolId}/${caseId}`)}
            error={list.error}
            retry={list.retry}
            more={list.more}
            empty={
              only ? (
                <Empty title="没有等回执的备案">学校报来后,会列在这里。</Empty>
              ) : (
                <Empty title="还没有备案">学校确认并报来后,会列在这里。</Empty>
              )
            }
          />
        </Panel>
      </Watermark>
    </Page>
  )
}
