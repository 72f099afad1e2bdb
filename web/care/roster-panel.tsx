import { App, Button, Form, Input, Popconfirm, Radio, Tag } from 'antd'
import { useState } from 'react'
import { endRosterEntry, enterRoster, listRoster } from '#contract/care'
import type { AnswerOf } from '#contract/platform'
import { FormDrawer } from '#web/organisations'
import { PersonPicker } from '#web/people'
import {
  type DataColumn,
  DataTable,
  Empty,
  formatMoment,
  newId,
  Panel,
  sentenceOf,
  useAct,
  useAnswer,
  useMe,
} from '#web/platform'

type Entry = AnswerOf<typeof listRoster>['entries'][number]
type Part = Entry['part']

const partWords: Record<Part, string> = { 'on-duty': '值班', deputy: '代理审批', absent: '不在岗' }
const partHints: Record<Part, string> = {
  'on-duty': '这段时间上报的紧急事项直接到他的待办。',
  deputy: '审批人空缺或不在岗时,由他审批。',
  absent: '这段时间不审批,由代理的人审批。',
}

const columnsFor = (end: ((entry: Entry) => void) | undefined): DataColumn<Entry>[] => [
  { key: 'name', title: '姓名', phone: 'title', render: ({ name }) => name },
  {
    key: 'part',
    title: '做什么',
    phone: 'aside',
    render: ({ part, now }) => (
      <>
        {partWords[part]}
        {now ? (
          <Tag color="processing" style={{ marginInlineStart: 8 }}>
            现在
          </Tag>
        ) : null}
      </>
    ),
  },
  { key: 'from', title: '从', phone: 'line', render: ({ fromAt }) => formatMoment(fromAt) },
  { key: 'until', title: '到', phone: 'line', render: ({ untilAt }) => formatMoment(untilAt) },
  ...(end
    ? [
        {
          key: 'act',
          title: '',
          align: 'right',
          phone: 'bare',
          render: (entry) => (
            <Popconfirm title="取消这一段?" okText="取消这一段" cancelText="先不动" onConfirm={() => end(entry)}>
              <Button size="small" aria-label={`取消 ${entry.name} ${partWords[entry.part]}`}>
                取消
              </Button>
            </Popconfirm>
          ),
        } satisfies DataColumn<Entry>,
      ]
    : []),
]

/** Who is on duty at a school or county, who decides for an absent approver, who is absent. [X9] */
export const RosterPanel = ({ unitId }: { unitId: string }) => {
  const { message } = App.useApp()
  const { data, error, refetch } = useAnswer(listRoster, { params: { unitId } })
  const act = useAct(endRosterEntry, { refreshes: [listRoster] })
  const [entering, setEntering] = useState<string>()
  const end = (entry: Entry): void =>
    act.mutate(
      { params: { unitId: data?.unitId ?? unitId, entryId: entry.id }, body: {} },
      { onSuccess: () => void message.success('已取消'), onError: (failed) => void message.error(sentenceOf(failed)) },
    )
  return (
    <Panel
      flush
      title={data ? `值班表 · ${data.unitName}` : '值班表'}
      aside={
        data?.mayKeep ? (
          <Button type="primary" onClick={() => setEntering(newId())}>
            排一段
          </Button>
        ) : null
      }
    >
      <DataTable
        label="值班表"
        rows={data?.entries}
        rowKey={({ id }) => id}
        columns={columnsFor(data?.mayKeep ? end : undefined)}
        error={error}
        retry={() => void refetch()}
        empty={
          <Empty title="还没有排班">没有排班时,紧急事项按岗位到资助专干和学校领导;排了班的,同时到值班的人。</Empty>
        }
      />
      {entering && data ? (
        <EntryForm id={entering} unitId={data.unitId} onClose={() => setEntering(undefined)} />
      ) : null}
    </Panel>
  )
}

interface Typed {
  readonly personId: string
  readonly part: Part
  readonly fromAt: string
  readonly untilAt: string
}

// The hours people type are those of Shanghai, wherever their machine thinks it is.
const instantOf = (typed: string): string => `${typed}:00+08:00`

const EntryForm = ({ id, unitId, onClose }: { id: string; unitId: string; onClose: () => void }) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [form] = Form.useForm<Typed>()
  const part = Form.useWatch('part', form) ?? 'on-duty'
  const act = useAct(enterRoster, { refreshes: [listRoster] })
  const send = async (): Promise<void> => {
    const typed = await form.validateFields().catch(() => undefined)
    if (!typed) return
    const { personId, fromAt, untilAt } = typed
    act.mutate(
      {
        params: { unitId },
        body: { id, personId, part: typed.part, fromAt: instantOf(fromAt), untilAt: instantOf(untilAt) },
      },
      {
        onSuccess: () => {
          message.success('已排好')
          onClose()
        },
      },
    )
  }
  return (
    <FormDrawer
      title="排一段值班"
      open
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="排上"
      sending={act.isPending}
      error={act.error}
      effect={partHints[part]}
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{ part: 'on-duty', fromAt: `${today}T17:00`, untilAt: `${today}T23:59` }}
      >
        <Form.Item name="personId" label="谁" rules={[{ required: true, message: '请选人员' }]}>
          <PersonPicker label="谁" unitId={unitId} />
        </Form.Item>
        <Form.Item name="part" label="做什么" required>
          <Radio.Group
            options={(Object.keys(partWords) as Part[]).map((value) => ({ value, label: partWords[value] }))}
          />
        </Form.Item>
        <Form.Item name="fromAt" label="从" rules={[{ required: true, message: '请填开始时间' }]}>
          <Input type="datetime-local" style={{ width: 240 }} />
        </Form.Item>
        <Form.Item name="untilAt" label="到" rules={[{ required: true, message: '请填结束时间' }]}>
          <Input type="datetime-local" style={{ width: 240 }} />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}
