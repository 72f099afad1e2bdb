import { Button, Select } from 'antd'
import { useState } from 'react'
import { levelLabels } from '#contract/recognition'
import { type DataColumn, DataTable, Empty, formatDate, Panel, useGo, useMay } from '#web/platform'
import { UnitChoice, WhyDrawer } from '#web/students'
import { type Candidate, keyOf, rulesIn, useCandidates } from './candidates.ts'
import { RecogniseDrawer } from './recognise-drawer.tsx'

const columnsFor = (onWhy: (row: Candidate) => void): DataColumn<Candidate>[] => [
  { key: 'name', title: '姓名', phone: 'title', render: (row) => row.name },
  { key: 'class', title: '班级', phone: 'bare', render: (row) => `${row.schoolName} ${row.className}` },
  { key: 'rule', title: '凭什么', phone: 'line', render: (row) => row.ruleLabel },
  { key: 'level', title: '拟定等级', phone: 'line', render: (row) => levelWord(row.suggestedLevel) },
  { key: 'since', title: '自', phone: 'hidden', render: (row) => formatDate(row.since) },
  {
    key: 'why',
    title: '',
    phone: 'aside',
    align: 'right',
    render: (row) => (
      <Button size="small" onClick={() => onWhy(row)} aria-label={`为什么是 ${row.name}`}>
        为什么
      </Button>
    ),
  },
]

const levelWord = (level: number | null): string => (levelLabels as Record<number, string>)[level ?? 0] ?? '由您确定'

/** Proposed by trusted lists without anyone having to apply; confirmed by a person, many at once. [C6] */
export const RecognitionPanel = () => {
  const go = useGo()
  const list = useCandidates('recognition')
  const mayDecide = useMay('recognition.recognise')
  const [rule, setRule] = useState<number>()
  const [picked, setPicked] = useState<readonly string[]>([])
  const [deciding, setDeciding] = useState(false)
  const [why, setWhy] = useState<Candidate>()
  const rows = list.rows?.filter((row) => rule === undefined || row.rule === rule)
  const chosen = (rows ?? []).filter((row) => picked.includes(keyOf(row)))
  return (
    <>
      <div className="list-tools">
        <UnitChoice unit={list.unit?.id} unitName={list.unit?.name} onChange={list.setUnit} />
        <Select
          allowClear
          aria-label="按依据筛选"
          placeholder="按依据筛选"
          style={{ minWidth: 200 }}
          popupMatchSelectWidth={false}
          value={rule ?? null}
          onChange={(one: number | null | undefined) => {
            setRule(one ?? undefined)
            setPicked([])
          }}
          options={rulesIn(list.rows ?? []).map((one) => ({ value: one.rule, label: `${one.label}(${one.count})` }))}
        />
        {mayDecide && rows && rows.length > 0 ? (
          <Button onClick={() => setPicked(rows.map(keyOf))}>选中列出的 {rows.length} 条</Button>
        ) : null}
        <span className="list-count quiet" role="status">
          {list.total === undefined ? '' : `共 ${list.total} 条待确认`}
        </span>
      </div>
      <Panel flush>
        <DataTable
          label="待确认名单"
          rows={rows}
          rowKey={keyOf}
          columns={columnsFor(setWhy)}
          onOpen={(row) => go(`/students/${row.schoolId}/${row.studentId}`)}
          error={list.error}
          retry={list.retry}
          more={list.more}
          empty={<Empty title="没有等待确认的学生">各部门名单导入后,符合条件又还没有认定的学生会列在这里。</Empty>}
          {...(mayDecide
            ? {
                selection: {
                  keys: chosen.map(keyOf),
                  onChange: setPicked,
                  acts: (
                    <Button type="primary" onClick={() => setDeciding(true)}>
                      认定所选
                    </Button>
                  ),
                },
              }
            : {})}
        />
      </Panel>
      <WhyDrawer
        schoolId={why?.schoolId ?? ''}
        studentId={why?.studentId ?? ''}
        rule={why?.rule}
        onClose={() => setWhy(undefined)}
      />
      {deciding ? (
        <RecogniseDrawer
          chosen={chosen}
          onClose={(done) => {
            setDeciding(false)
            if (done) setPicked([])
          }}
        />
      ) : null}
    </>
  )
}
