import { App, Button, Drawer, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { listFundEntries, listFunds, putIntoFund } from '#contract/care'
import { type AnswerOf, inYuan } from '#contract/platform'
import { FormDrawer } from '#web/organisations'
import {
  type DataColumn,
  DataTable,
  Empty,
  ErrorNote,
  Facts,
  formatMoment,
  Go,
  Loading,
  newId,
  Panel,
  useAct,
  useAnswer,
  useIsPhone,
} from '#web/platform'

type Fund = AnswerOf<typeof listFunds>['funds'][number]

const columns: readonly DataColumn<Fund>[] = [
  { key: 'name', title: '资金', phone: 'title', render: ({ name }) => name },
  { key: 'number', title: '编号', phone: 'line', render: ({ number }) => number },
  { key: 'unit', title: '单位', phone: 'bare', render: ({ unitName, own }) => (own ? unitName : `${unitName}(上级)`) },
  {
    key: 'balance',
    title: '余额',
    phone: 'aside',
    align: 'right',
    render: ({ balanceFen }) => (
      <span className={balanceFen === 0 ? 'heed number' : 'number'}>{inYuan(balanceFen)}</span>
    ),
  },
]

/** Money held for sudden need: what is left, what went in and out; a grant takes from it at once. [X9] */
export const FundsPanel = ({ unitId }: { unitId: string }) => {
  const { data, error, refetch } = useAnswer(listFunds, { params: { unitId } })
  const [opened, setOpened] = useState<Fund>()
  const [putting, setPutting] = useState<string>()
  return (
    <Panel
      flush
      title="应急资金"
      aside={
        data?.mayKeep ? (
          <Button type="primary" onClick={() => setPutting(newId())}>
            设立或存入
          </Button>
        ) : null
      }
    >
      <DataTable
        label="应急资金"
        rows={data?.funds}
        rowKey={({ unitId: unit, number }) => `${unit} ${number}`}
        columns={columns}
        onOpen={(fund) => (fund.own ? setOpened(fund) : undefined)}
        error={error}
        retry={() => void refetch()}
        empty={<Empty title="还没有设立资金">设立以后,审批紧急事项时从这里支出。</Empty>}
      />
      {opened ? <Entries fund={opened} onClose={() => setOpened(undefined)} /> : null}
      {putting && data ? (
        <PutForm
          entryId={putting}
          unitId={data.unitId}
          own={data.funds.filter(({ own }) => own)}
          onClose={() => setPutting(undefined)}
        />
      ) : null}
    </Panel>
  )
}

const Entries = ({ fund, onClose }: { fund: Fund; onClose: () => void }) => {
  const phone = useIsPhone()
  const { data, error, refetch } = useAnswer(listFundEntries, { params: { unitId: fund.unitId, number: fund.number } })
  return (
    <Drawer
      open
      onClose={onClose}
      title={`${fund.name} · 收支`}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 560}
    >
      {data ? null : error ? <ErrorNote error={error} retry={() => void refetch()} /> : <Loading />}
      {data ? <Facts rows={[['余额', inYuan(data.balanceFen)]]} /> : null}
      <ul className="plain-list">
        {data?.entries.map((entry) => (
          <li key={entry.id} className="now-item">
            <div>
              <span className="strong number">
                {entry.amountFen > 0 ? '存入 ' : '支出 '}
                {inYuan(Math.abs(entry.amountFen))}
              </span>
              <div className="quiet">
                {formatMoment(entry.at)} {entry.byName}
                {entry.schoolName ? ` · ${entry.schoolName}` : ''}
              </div>
            </div>
            {entry.schoolId && entry.caseId ? <Go to={`/flows/${entry.schoolId}/${entry.caseId}`}>看事项</Go> : null}
          </li>
        ))}
      </ul>
    </Drawer>
  )
}

interface Typed {
  readonly number: number
  readonly name: string
  readonly yuan: number
}

interface PutProps {
  readonly entryId: string
  readonly unitId: string
  readonly own: readonly Fund[]
  readonly onClose: () => void
}

const PutForm = ({ entryId, unitId, own, onClose }: PutProps) => {
  const { message } = App.useApp()
  const [form] = Form.useForm<Typed>()
  const act = useAct(putIntoFund, { refreshes: [listFunds, listFundEntries] })
  const [first] = own
  const send = async (): Promise<void> => {
    const typed = await form.validateFields().catch(() => undefined)
    if (!typed) return
    const { number, name } = typed
    act.mutate(
      { params: { unitId }, body: { entryId, number, name: name.trim(), amountFen: Math.round(typed.yuan * 100) } },
      {
        onSuccess: () => {
          message.success('已记入')
          onClose()
        },
      },
    )
  }
  return (
    <FormDrawer
      title="设立或存入"
      open
      onClose={onClose}
      onSend={() => void send()}
      sendLabel="记入"
      sending={act.isPending}
      error={act.error}
      effect="已有这个编号的,金额加到余额里;没有的,新设一项。记入后不能改,只能再记一笔。"
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark="optional"
        initialValues={{ number: first?.number ?? 1, name: first?.name ?? '应急资金' }}
      >
        <Form.Item name="number" label="编号" rules={[{ required: true, message: '请填编号' }]}>
          <InputNumber min={1} max={9_999} precision={0} style={{ width: 140 }} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填名称' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="yuan" label="金额(元)" rules={[{ required: true, message: '请填金额' }]}>
          <InputNumber min={0.01} max={100_000_000} precision={2} style={{ width: 200 }} />
        </Form.Item>
      </Form>
    </FormDrawer>
  )
}
