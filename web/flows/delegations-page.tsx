import { Alert, App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { delegatePost, endDelegation, listDelegations } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import {
  type DataColumn,
  DataTable,
  Empty,
  formatDate,
  isRefusal,
  newId,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAnswer,
  useMe,
} from '#web/platform'

type Answer = AnswerOf<typeof listDelegations>
type Delegation = Answer['delegations'][number]

/** Lending one's own post to a colleague while away, and taking it back. [T7] */
export const DelegationsPage = () => {
  const answer = useAnswer(listDelegations, {})
  return (
    <Page
      title="委托代办"
      breadcrumb={[{ label: '办理', to: '/flows' }]}
      lead="外出、休假时,把自己的岗位委托给本单位同事。代办的每一步都会写明代谁办理;到期自动收回。"
    >
      <Panel title="现在和将来的委托" flush>
        <DataTable
          label="委托"
          rows={answer.data?.delegations}
          rowKey={({ id }) => id}
          columns={columns}
          error={answer.error}
          retry={() => void answer.refetch()}
          empty={<Empty title="没有委托">您的事项都由您自己办理。</Empty>}
        />
      </Panel>
      {answer.data && answer.data.mine.length > 0 ? <Lend known={answer.data} /> : null}
    </Page>
  )
}

const TakeBack = ({ row }: { row: Delegation }) => {
  const { message } = App.useApp()
  const act = useAct(endDelegation)
  return (
    <Button
      loading={act.isPending}
      onClick={() =>
        act.mutate(
          { params: { delegationId: row.id }, body: {} },
          {
            onSuccess: () => void message.success(row.byMe ? '已收回' : '已交回'),
            onError: (error) => void message.error(sentenceOf(error)),
          },
        )
      }
    >
      {row.byMe ? '收回' : '交回'}
    </Button>
  )
}

const columns: readonly DataColumn<Delegation>[] = [
  {
    key: 'who',
    title: '谁代谁',
    phone: 'title',
    render: ({ byMe, fromName, toName }) => (byMe ? `${toName} 代我办理` : `我代 ${fromName} 办理`),
  },
  { key: 'post', title: '岗位', phone: 'bare', render: ({ postLabel, unitName }) => `${unitName} ${postLabel}` },
  {
    key: 'days',
    title: '日期',
    phone: 'line',
    render: ({ fromDate, lastDate }) => `${formatDate(fromDate)} 至 ${formatDate(lastDate)}`,
  },
  { key: 'act', title: '', phone: 'aside', align: 'right', render: (row) => <TakeBack row={row} /> },
]

const Lend = ({ known }: { known: Answer }) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [post, setPost] = useState(0)
  const [to, setTo] = useState<string>()
  const [from, setFrom] = useState(today)
  const [last, setLast] = useState('')
  const act = useAct(delegatePost)
  const chosen = known.mine[post]
  const problems = isRefusal(act.error) ? act.error.fields : []
  const problemOf = (field: string) => problems.find((one) => one.field === field)?.reason
  const send = (): void => {
    if (!chosen || !to) return
    act.mutate(
      {
        body: { id: newId(), post: chosen.post, unitId: chosen.unitId, toPersonId: to, fromDate: from, lastDate: last },
      },
      {
        onSuccess: () => {
          message.success('已委托')
          setTo(undefined)
          setLast('')
        },
      },
    )
  }
  return (
    <Panel title="委托给同事">
      <form
        noValidate
        style={{ maxWidth: 480 }}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {act.error ? (
          <Alert type="warning" showIcon role="alert" style={{ marginBottom: 12 }} title={sentenceOf(act.error)} />
        ) : null}
        <div className="field">
          <label htmlFor="lend-post">哪个岗位</label>
          <Select
            id="lend-post"
            style={{ width: '100%' }}
            value={post}
            options={known.mine.map((one, value) => ({ value, label: `${one.unitName} ${one.postLabel}` }))}
            onChange={setPost}
          />
        </div>
        <div className="field">
          <label htmlFor="lend-to">由谁代办</label>
          <div className="quiet field-hint">代办期间,这位同事会看到您这个岗位能看到的内容。</div>
          <Select
            id="lend-to"
            style={{ width: '100%' }}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="选择同事"
            value={to ?? null}
            options={known.colleagues.map(({ personId, name }) => ({ value: personId, label: name }))}
            onChange={(id: string | null) => setTo(id ?? undefined)}
          />
        </div>
        <DayField
          id="fromDate"
          label="从哪天"
          value={from}
          min={today}
          problem={problemOf('fromDate')}
          onChange={setFrom}
        />
        <DayField
          id="lastDate"
          label="到哪天(含)"
          value={last}
          min={from}
          problem={problemOf('lastDate')}
          onChange={setLast}
        />
        <Button type="primary" htmlType="submit" size="large" disabled={!to || last === ''} loading={act.isPending}>
          委托
        </Button>
      </form>
    </Panel>
  )
}

interface DayProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly min: string
  readonly problem: string | undefined
  readonly onChange: (day: string) => void
}

const DayField = ({ id, label, value, min, problem, onChange }: DayProps) => (
  <div className="field">
    <label htmlFor={`lend-${id}`}>{label}</label>
    <Input
      id={`lend-${id}`}
      type="date"
      min={min}
      style={{ width: 200 }}
      value={value}
      {...(problem ? { status: 'error' as const } : {})}
      onChange={(event) => onChange(event.target.value)}
    />
    {problem ? (
      <div className="field-problem" role="alert">
        {problem}
      </div>
    ) : null}
  </div>
)
