import { App, Button, Flex, Input, Radio, Tag } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { getCalendar, setDay, setTerms } from '#contract/policies'
import { DateInput, UnitPicker } from '#web/organisations'
import {
  type DataColumn,
  DataTable,
  ErrorNote,
  formatDate,
  Loading,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
  useGo,
} from '#web/platform'
import { PolicyPlaces } from './places.tsx'

type Answer = AnswerOf<typeof getCalendar>
type Term = Answer['terms'][number]
type Day = Answer['days'][number]

const termWords = ['', '第一学期', '第二学期', '第三学期']
const kindLabels = { holiday: '放假', 'school-day': '上课' } as const

function Terms({ answer, unitId }: { answer: Answer; unitId: string }) {
  const { message } = App.useApp()
  const [terms, setDraft] = useState<readonly Term[]>(answer.terms)
  const act = useAct(setTerms, { refreshes: [getCalendar] })
  const change = (term: number, other: Partial<Term>) =>
    setDraft(terms.map((one) => (one.term === term ? { ...one, ...other } : one)))
  const save = () =>
    act.mutate(
      {
        params: { unitId },
        body: { year: answer.year, terms: terms.map(({ term, startsOn, endsOn }) => ({ term, startsOn, endsOn })) },
      },
      { onSuccess: () => void message.success('已保存,按学期算的任务随之更新') },
    )
  return (
    <Panel title="学期">
      <Flex vertical gap={12}>
        {terms.map(({ term, startsOn, endsOn, by, own }) => (
          <Flex key={term} gap={8} wrap align="center">
            <strong style={{ width: 80 }}>{termWords[term]}</strong>
            {answer.mayKeep ? (
              <>
                <label htmlFor={`from-${term}`}>从</label>
                <span>
                  <DateInput
                    id={`from-${term}`}
                    value={startsOn}
                    onChange={(value) => change(term, { startsOn: value })}
                  />
                </span>
                <label htmlFor={`to-${term}`}>到</label>
                <span>
                  <DateInput id={`to-${term}`} value={endsOn} onChange={(value) => change(term, { endsOn: value })} />
                </span>
              </>
            ) : (
              <span className="number">{`${formatDate(startsOn)} 至 ${formatDate(endsOn)}`}</span>
            )}
            <span className="quiet">{by === null ? '通常的日期' : own ? '本单位规定' : `${by}规定`}</span>
          </Flex>
        ))}
        {answer.mayKeep ? (
          <Flex gap={8}>
            <Button type="primary" loading={act.isPending} onClick={save}>
              保存学期
            </Button>
          </Flex>
        ) : null}
        {act.error ? <ErrorNote error={act.error} safe="您填的内容都还在。" /> : null}
      </Flex>
    </Panel>
  )
}

function AddDay({ unitId }: { unitId: string }) {
  const { message } = App.useApp()
  const [date, setDate] = useState('')
  const [kind, setKind] = useState<Day['kind']>('holiday')
  const [label, setLabel] = useState('')
  const act = useAct(setDay, { refreshes: [getCalendar] })
  const send = () =>
    act.mutate(
      { params: { unitId }, body: { date, kind, label } },
      { onSuccess: () => void message.success('已保存'), onError: (error) => void message.warning(sentenceOf(error)) },
    )
  return (
    <Flex gap={8} wrap align="center">
      <label htmlFor="day-date">日期</label>
      <span>
        <DateInput id="day-date" value={date} onChange={setDate} />
      </span>
      <Radio.Group
        aria-label="放假还是上课"
        value={kind}
        onChange={(event) => setKind(event.target.value as Day['kind'])}
        options={Object.entries(kindLabels).map(([value, text]) => ({ value, label: text }))}
      />
      <Input
        aria-label="说明"
        placeholder="说明,如 运动会"
        maxLength={40}
        style={{ width: 180 }}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Button disabled={date === ''} loading={act.isPending} onClick={send}>
        规定这一天
      </Button>
    </Flex>
  )
}

function TakeBack({ unitId, day }: { unitId: string; day: Day }) {
  const act = useAct(setDay, { refreshes: [getCalendar] })
  return day.own ? (
    <Button
      size="small"
      loading={act.isPending}
      onClick={() => act.mutate({ params: { unitId }, body: { date: day.date, kind: null } })}
    >
      恢复按上级
    </Button>
  ) : null
}

const columnsFor = (unitId: string): readonly DataColumn<Day>[] => [
  {
    key: 'date',
    title: '日期',
    width: 140,
    phone: 'title',
    render: ({ date }) => <span className="number">{formatDate(date)}</span>,
  },
  { key: 'kind', title: '安排', width: 90, phone: 'aside', render: ({ kind }) => <Tag>{kindLabels[kind]}</Tag> },
  { key: 'label', title: '说明', width: 180, render: ({ label }) => label },
  { key: 'by', title: '谁规定', width: 180, render: ({ by, own }) => (by === null ? '国家安排' : own ? '本单位' : by) },
  { key: 'do', title: '办理', width: 120, phone: 'bare', render: (day) => <TakeBack unitId={unitId} day={day} /> },
]

/** Terms, days off and make-up days that hold at a unit, and the office's own word on them. [C21] */
export const CalendarPage = () => {
  const { unitId } = useAddress<'unitId'>()
  const go = useGo()
  const [year, setYear] = useState<number>()
  const { data, error, refetch } = useAnswer(
    getCalendar,
    { params: { unitId }, query: year === undefined ? {} : { year } },
    { keepLast: true },
  )
  return (
    <Page
      title="校历"
      lead={
        data
          ? `${data.unit.name},${data.year}—${data.year + 1} 学年。本单位没有规定的,按上级;上级也没有的,按国家安排。`
          : undefined
      }
    >
      <PolicyPlaces unitId={unitId} here="/calendar" />
      {error && data === undefined ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading rows={6} /> : null}
      {data ? (
        <>
          <Panel>
            <div className="list-tools" style={{ marginBottom: 0 }}>
              <div style={{ flex: '1 1 200px', maxWidth: 320 }}>
                <UnitPicker
                  label="看哪个单位"
                  value={data.unit}
                  onChange={({ id }) => go(`/policies/${id}/calendar`)}
                />
              </div>
              <Flex gap={8}>
                <Button onClick={() => setYear(data.year - 1)}>上一学年</Button>
                <Button onClick={() => setYear(data.year + 1)}>下一学年</Button>
              </Flex>
            </div>
          </Panel>
          <Terms answer={data} unitId={unitId} key={`${data.unit.id} ${data.year} ${JSON.stringify(data.terms)}`} />
          <Panel title="放假和补课的日子" flush>
            {data.mayKeep ? (
              <div style={{ padding: 16 }}>
                <AddDay unitId={unitId} />
              </div>
            ) : null}
            <DataTable<Day>
              label="放假和补课的日子"
              rows={data.days}
              rowKey={({ date }) => date}
              columns={columnsFor(unitId)}
            />
          </Panel>
        </>
      ) : null}
    </Page>
  )
}
