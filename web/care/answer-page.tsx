import { Alert, App, Button, Radio } from 'antd'
import { useState } from 'react'
import { answerScreening, listScreenings, listUnanswered } from '#contract/care'
import {
  Empty,
  ErrorNote,
  isRefusal,
  Loading,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
  useGo,
} from '#web/platform'

type Value = boolean | number | null
type Given = Readonly<Record<string, Readonly<Record<string, Value>>>>

const atOnce = 100
const yesNo = [
  { value: 'yes', label: '是' },
  { value: 'no', label: '否' },
]

const wordOf = (value: Value | undefined): string | number | undefined => {
  if (value === undefined) return undefined
  if (value === null) return 'unknown'
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}

const meant = (word: string | number): Value =>
  word === 'unknown' ? null : typeof word === 'number' ? word : word === 'yes'

/** The questions of a round for one class: each child, each question; what nobody knows stays unknown. [X2 G26] */
export const AnswerPage = () => {
  const go = useGo()
  const { message } = App.useApp()
  const { unitId, roundId, classId } = useAddress<'unitId' | 'roundId' | 'classId'>()
  const rounds = useAnswer(listScreenings, { params: { unitId: classId } })
  const left = useAnswer(listUnanswered, { params: { unitId, roundId }, query: { classId } }, { freshFor: 600_000 })
  const act = useAct(answerScreening, { refreshes: [listScreenings, listUnanswered] })
  const [given, setGiven] = useState<Given>({})
  const round = rounds.data?.rounds.find(({ id }) => id === roundId)
  const students = left.data?.students.slice(0, atOnce) ?? []
  const answered = students.filter(({ id }) => round?.items.every(({ fact }) => given[id]?.[fact] !== undefined))
  const error = rounds.error ?? left.error
  // A class of another school reads like one that is not there. [G3]
  const isGone = isRefusal(error) && error.status === 404
  const crumbs = [
    { label: '办理', to: '/flows' },
    { label: '摸排', to: '/flows/screenings' },
  ]
  if (!round || !left.data)
    return (
      <Page title="摸排" breadcrumb={crumbs}>
        {isGone || (rounds.data && left.data) ? (
          <Empty title="没有这一轮摸排" />
        ) : error ? (
          <ErrorNote error={error} />
        ) : (
          <Loading />
        )}
      </Page>
    )
  const give = (id: string, fact: string, word: string | number): void =>
    setGiven({ ...given, [id]: { ...given[id], [fact]: meant(word) } })
  const fillRest = (): void =>
    setGiven(
      Object.fromEntries(
        students.map(({ id }) => [
          id,
          Object.fromEntries(
            round.items.map(({ fact, codes }) => [fact, given[id]?.[fact] ?? (codes.length > 0 ? null : false)]),
          ),
        ]),
      ),
    )
  const send = (): void =>
    act.mutate(
      {
        params: { unitId, roundId },
        body: {
          schoolId: students[0]?.schoolId ?? '',
          answers: answered.map(({ id }) => ({ studentId: id, values: given[id] ?? {} })),
        },
      },
      {
        onSuccess: ({ answered: many }) => {
          message.success(`已记入 ${many} 名学生的档案`)
          setGiven({})
          if (many === students.length) go('/flows/screenings')
        },
      },
    )
  return (
    <Page
      title={`${round.title} · ${rounds.data?.unitName ?? '本班'}`}
      breadcrumb={crumbs}
      lead={students.length > 0 ? `还有 ${students.length} 名学生没有填` : '这个班填完了'}
      actions={students.length > 0 ? <Button onClick={fillRest}>没选的都填“否”或“不知道”</Button> : null}
    >
      {act.error ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBottom: 12 }}
          title={sentenceOf(act.error)}
          description="您选的都还在。"
        />
      ) : null}
      {students.length === 0 ? (
        <Panel>
          <Empty title="这个班填完了">填的内容在每个学生档案的“情况”里。</Empty>
        </Panel>
      ) : null}
      {students.map(({ id, name }) => (
        <Panel key={id} title={name}>
          {round.items.map(({ fact, label, codes }) => (
            <fieldset key={fact} className="bare" style={{ marginBottom: 8 }} aria-label={`${name} ${label}`}>
              <span style={{ display: 'inline-block', minWidth: 160 }}>{label}</span>
              <Radio.Group
                optionType="button"
                value={wordOf(given[id]?.[fact])}
                options={[
                  ...(codes.length > 0 ? codes.map((one) => ({ value: one.code, label: one.label })) : yesNo),
                  { value: 'unknown', label: '不知道' },
                ]}
                onChange={(event) => give(id, fact, event.target.value as string | number)}
              />
            </fieldset>
          ))}
        </Panel>
      ))}
      {students.length > 0 ? (
        <div className="thumb-bar">
          <Button type="primary" size="large" disabled={answered.length === 0} loading={act.isPending} onClick={send}>
            记入 {answered.length} 名学生的档案
          </Button>
        </div>
      ) : null}
    </Page>
  )
}
