import { App, Button, Flex, Select, Tag } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { endAdoption, listAdoptions, listRulesInForce, withdrawAdoption } from '#contract/policies'
import { DateInput } from '#web/organisations'
import {
  type DataColumn,
  DataTable,
  Empty,
  formatDate,
  Go,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
  useGo,
} from '#web/platform'
import { PolicyPlaces } from './places.tsx'

type Answer = AnswerOf<typeof listAdoptions>
type Adoption = Answer['adoptions'][number]
type Version = Answer['versions'][number]

const stateWords: Record<Adoption['state'], { readonly label: string; readonly color?: string }> = {
  coming: { label: '将要执行', color: 'processing' },
  'in-force': { label: '执行中', color: 'success' },
  replaced: { label: '已由新的代替' },
  ended: { label: '已终止' },
  withdrawn: { label: '已撤回' },
}

const actWords = (word: string, act: Adoption['adopted']) => (act ? `${act.name} ${act.at} ${word}` : null)

function Acts({ unitId, adoption }: { unitId: string; adoption: Adoption }) {
  const { modal, message } = App.useApp()
  const refreshes = { refreshes: [listAdoptions, listRulesInForce] }
  const withdraw = useAct(withdrawAdoption, refreshes)
  const end = useAct(endAdoption, refreshes)
  const [on, setOn] = useState('')
  const params = { unitId, adoptionId: adoption.id }
  const failed = (error: Error) => void message.warning(sentenceOf(error))
  if (adoption.unitId !== unitId) return null
  if (adoption.state === 'coming')
    return (
      <Button
        onClick={() =>
          void modal.confirm({
            title: `撤回采用 ${adoption.name} ${adoption.version} 版`,
            content: '还没有开始执行,撤回后不留影响,只在这里留下记录。',
            okText: '撤回',
            cancelText: '先不办',
            onOk: () => withdraw.mutate({ params, body: {} }, { onError: failed }),
          })
        }
      >
        撤回
      </Button>
    )
  if (adoption.state !== 'in-force' || adoption.until !== null) return null
  return (
    <Flex gap={8} wrap>
      <label htmlFor={`end-${adoption.id}`} className="only-read">
        从哪天起不再执行
      </label>
      <DateInput id={`end-${adoption.id}`} value={on} onChange={setOn} />
      <Button disabled={on === ''} onClick={() => end.mutate({ params, body: { on } }, { onError: failed })}>
        终止
      </Button>
    </Flex>
  )
}

const columnsFor = (unitId: string, mayAdopt: boolean): readonly DataColumn<Adoption>[] => [
  { key: 'name', title: '政策', width: 220, phone: 'title', render: ({ name, version }) => `${name} ${version}` },
  {
    key: 'state',
    title: '情况',
    width: 120,
    phone: 'aside',
    render: ({ state: at }) => {
      const { label, color } = stateWords[at]
      return <Tag {...(color ? { color } : {})}>{label}</Tag>
    },
  },
  { key: 'unit', title: '哪个单位采用', width: 160, render: ({ unitName }) => unitName },
  {
    key: 'days',
    title: '执行日期',
    width: 200,
    render: ({ from, until }) => (
      <span className="number">{`${formatDate(from)}起${until ? `,${formatDate(until)}止` : ''}`}</span>
    ),
  },
  {
    key: 'acts',
    title: '经过',
    width: 280,
    phone: 'bare',
    render: ({ adopted, withdrawn, ended }) => (
      <ul className="plain-list quiet">
        {[actWords('采用', adopted), actWords('撤回', withdrawn), actWords('终止', ended)].flatMap((line) =>
          line ? [<li key={line}>{line}</li>] : [],
        )}
      </ul>
    ),
  },
  ...(mayAdopt
    ? [
        {
          key: 'do',
          title: '办理',
          width: 260,
          phone: 'bare' as const,
          render: (adoption: Adoption) => <Acts unitId={unitId} adoption={adoption} />,
        },
      ]
    : []),
]

const versionKey = ({ issuer, version }: Version) => `${issuer}@${version}`

function Versions({ answer, unitId }: { answer: Answer; unitId: string }) {
  const go = useGo()
  const [chosen, setChosen] = useState<string>()
  const [from, setFrom] = useState(answer.today)
  const [older, setOlder] = useState<string>()
  const version = answer.versions.find((one) => versionKey(one) === chosen)
  const others = answer.versions.filter((one) => one.issuer === version?.issuer && one.version !== version.version)
  const options = (some: readonly Version[]) =>
    some.map((one) => ({ value: versionKey(one), label: `${one.name} ${one.version} 版(${one.rules} 条规则)` }))
  return (
    <Panel title="试算、采用、比较">
      <Flex gap={12} wrap align="end">
        <div style={{ flex: '1 1 260px', maxWidth: 420 }}>
          <label htmlFor="version">政策和版本</label>
          <Select
            id="version"
            style={{ width: '100%' }}
            placeholder="请选"
            showSearch={{ optionFilterProp: 'label' }}
            value={chosen ?? null}
            options={options(answer.versions)}
            onChange={(value) => {
              setChosen(value)
              setOlder(undefined)
            }}
          />
        </div>
        <div>
          <label htmlFor="adopt-from">从哪一天起</label>
          <DateInput id="adopt-from" value={from} onChange={setFrom} />
        </div>
        <Button
          type="primary"
          disabled={!version || from === '' || !answer.mayAdopt}
          onClick={() =>
            version && go(`/policies/${unitId}/preview`, { issuer: version.issuer, version: version.version, from })
          }
        >
          先试算
        </Button>
      </Flex>
      {others.length > 0 && version ? (
        <Flex gap={12} wrap align="end" style={{ marginTop: 12 }}>
          <div style={{ flex: '1 1 260px', maxWidth: 420 }}>
            <label htmlFor="older">与哪一版比较</label>
            <Select
              id="older"
              style={{ width: '100%' }}
              placeholder="请选"
              value={older ?? null}
              options={options(others)}
              onChange={setOlder}
            />
          </div>
          <Button
            disabled={!older}
            onClick={() => {
              const other = others.find((one) => versionKey(one) === older)
              const pair = [other?.version ?? '', version.version].sort((a, b) =>
                a.localeCompare(b, 'en', { numeric: true }),
              )
              go(`/policies/${unitId}/compare`, { issuer: version.issuer, older: pair[0], newer: pair[1] })
            }}
          >
            比较
          </Button>
        </Flex>
      ) : null}
    </Panel>
  )
}

/** Who adopted, withdrew and ended what and when; trying a version before adopting it; writing one's own. */
export const AdoptionsPage = () => {
  const { unitId } = useAddress<'unitId'>()
  const { data, error, refetch } = useAnswer(listAdoptions, { params: { unitId } })
  const mine = data?.versions.filter(({ editable }) => editable) ?? []
  return (
    <Page
      title="采用与版本"
      lead={data ? `${data.unit.name}和上级采用政策的经过。采用之后下级一并执行,过去的事仍按当时的规则算。` : undefined}
      actions={data?.mayAdopt ? <Go to={`/policies/${unitId}/write`}>起草本单位的规则</Go> : undefined}
    >
      <PolicyPlaces unitId={unitId} here="/adoptions" />
      {data?.mayAdopt ? <Versions answer={data} unitId={unitId} /> : null}
      {data?.mayAdopt && mine.length > 0 ? (
        <Panel title="本单位交的政策包">
          <ul className="plain-list">
            {mine.map((one) => (
              <li key={versionKey(one)}>
                {`${one.name} ${one.version} 版,${one.recordedAt} 交 `}
                <Go to={`/policies/${unitId}/write`} query={{ issuer: one.issuer, version: one.version }}>
                  在它的基础上写下一版
                </Go>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Panel title="经过" flush>
        <DataTable<Adoption>
          label="采用政策的经过"
          rows={data?.adoptions}
          rowKey={({ id }) => id}
          columns={columnsFor(unitId, data?.mayAdopt ?? false)}
          error={error}
          retry={() => void refetch()}
          empty={<Empty title="还没有采用过政策" />}
        />
      </Panel>
    </Page>
  )
}
