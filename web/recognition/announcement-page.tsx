import { Alert, Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { getAnnouncement, object } from '#contract/recognition'
import {
  type DataColumn,
  DataTable,
  Empty,
  formatDate,
  newId,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
} from '#web/platform'

type Line = AnswerOf<typeof getAnnouncement>['lines'][number]

const columnsFor = (onObject: (line: Line) => void): DataColumn<Line>[] => [
  { key: 'name', title: '姓名', phone: 'title', render: (line) => line.name },
  {
    key: 'class',
    title: '班级',
    phone: 'bare',
    render: (line) => [line.collegeName, line.gradeName, line.className].filter(Boolean).join(' '),
  },
  { key: 'level', title: '档次', phone: 'line', render: (line) => line.level },
  { key: 'until', title: '公示至', phone: 'line', render: (line) => formatDate(line.until.slice(0, 10)) },
  {
    key: 'object',
    title: '',
    phone: 'aside',
    align: 'right',
    render: (line) => (
      <Button size="small" onClick={() => onObject(line)} aria-label={`有异议:${line.name}`}>
        有异议
      </Button>
    ),
  },
]

/** What the school announces: built by the server from the permitted fields, gone by itself when the days are over. [C19] */
export const AnnouncementPage = () => {
  const { schoolId } = useAddress<'schoolId'>()
  const answer = useAnswer(getAnnouncement, { params: { schoolId } })
  const [about, setAbout] = useState<Line>()
  return (
    <Page title="公示" lead={answer.data?.schoolName ?? ''}>
      <Alert type="info" showIcon style={{ marginBottom: 16 }} title="只在校内公示,到期自动撤下。请不要转发、截图。" />
      <Panel flush>
        <DataTable
          label="公示名单"
          rows={answer.data?.lines}
          rowKey={({ line }) => line}
          columns={columnsFor(setAbout)}
          error={answer.error}
          retry={() => void answer.refetch()}
          empty={<Empty title="现在没有公示">公示期满的名单已经撤下。</Empty>}
        />
      </Panel>
      {about ? <ObjectForm schoolId={schoolId} line={about} onClose={() => setAbout(undefined)} /> : null}
    </Page>
  )
}

interface FormProps {
  readonly schoolId: string
  readonly line: Line
  readonly onClose: () => void
}

const ObjectForm = ({ schoolId, line, onClose }: FormProps) => {
  const act = useAct(object)
  const [ids] = useState(() => ({ id: newId(), stepId: newId() }))
  const [facts, setFacts] = useState('')
  const [anonymous, setAnonymous] = useState(false)
  const send = (): void =>
    act.mutate({ params: { schoolId }, body: { ...ids, line: line.line, facts: facts.trim(), anonymous } })
  return (
    <Modal
      open
      title={`对 ${line.name} 的公示提出异议`}
      okText="提交"
      cancelText={act.isSuccess ? '关闭' : '不提了'}
      okButtonProps={{ disabled: facts.trim().length < 10 || act.isSuccess, loading: act.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      {act.isSuccess ? (
        <Alert type="success" showIcon title="学校已收到,由没有参与这次决定的老师核实。" />
      ) : (
        <>
          {act.error ? <Alert type="warning" showIcon role="alert" title={sentenceOf(act.error)} /> : null}
          <div className="field">
            <label htmlFor="objection-facts">您知道的情况(至少 10 个字)</label>
            <Input.TextArea
              id="objection-facts"
              value={facts}
              maxLength={1_000}
              autoSize={{ minRows: 4 }}
              onChange={(event) => setFacts(event.target.value)}
            />
          </div>
          <Checkbox checked={anonymous} onChange={(event) => setAnonymous(event.target.checked)}>
            不留姓名(不记录是谁提出的,也就看不到答复)
          </Checkbox>
        </>
      )}
    </Modal>
  )
}
