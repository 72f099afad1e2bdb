import { Input } from 'antd'
import { useState } from 'react'
import { listRulesInForce } from '#contract/policies'
import { DateInput, UnitPicker } from '#web/organisations'
import {
  Empty,
  ErrorNote,
  formatDate,
  Loading,
  Page,
  Panel,
  TabStrip,
  useAddress,
  useAnswer,
  useGo,
  useMe,
} from '#web/platform'
import { PacksPanel } from './packs-panel.tsx'
import { PolicyPlaces } from './places.tsx'
import { RuleList } from './rule-list.tsx'
import { kindWords, rulesFound } from './rule-words.ts'

/** The rules a unit follows on a day, in plain words, with the article and the unit they come from. */
export const PoliciesPage = () => {
  const { homeUnit, today } = useMe()
  const { unitId } = useAddress<'unitId'>() as { unitId?: string }
  const go = useGo()
  const [on, setOn] = useState(today)
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<string>('who')
  const asked = unitId ?? homeUnit.id
  const { data, error, refetch } = useAnswer(
    listRulesInForce,
    { params: { unitId: asked }, query: { on: on === '' ? today : on } },
    { keepLast: true },
  )
  const unit = data?.unit ?? (asked === homeUnit.id ? homeUnit : undefined)
  const kinds = data?.kinds.map((one) => ({ kind: one.kind, rules: rulesFound(one.rules, search) })) ?? []
  const shown = kinds.find((one) => one.kind === kind) ?? kinds[0]

  return (
    <Page
      title="政策"
      lead={
        data === undefined
          ? undefined
          : `${data.unit.name}在${formatDate(data.on)}执行的规则。规则写在政策文件里,这里用平常的话说明并注明出处。`
      }
    >
      <PolicyPlaces unitId={asked} here="" />
      <Panel>
        <div className="list-tools" style={{ marginBottom: 0 }}>
          <div style={{ flex: '1 1 220px', maxWidth: 360 }}>
            <UnitPicker label="看哪个单位" value={unit} onChange={({ id }) => go(`/policies/${id}`)} />
          </div>
          <div style={{ flex: '0 1 180px' }}>
            <label htmlFor="rules-on" className="only-read">
              看哪一天
            </label>
            <DateInput id="rules-on" value={on} onChange={setOn} />
          </div>
          <div style={{ flex: '1 1 220px', maxWidth: 360 }}>
            <Input.Search
              aria-label="在规则里查找"
              placeholder="查找规则,如 家访"
              allowClear
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        </div>
      </Panel>
      {error && data === undefined ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading rows={10} /> : null}
      {data === undefined ? null : (
        <>
          <PacksPanel packs={data.packs} />
          {shown === undefined || data.packs.length === 0 ? null : (
            <Panel>
              <TabStrip
                label="规则的种类"
                active={shown.kind}
                onChange={setKind}
                tabs={kinds.map(({ kind: key, rules }) => ({ key, label: `${kindWords[key].label} ${rules.length}` }))}
              >
                {shown.rules.length === 0 ? (
                  <Empty title={search.trim() === '' ? '没有这一类规则' : '没有找到,换个词试试'} />
                ) : (
                  <RuleList hint={kindWords[shown.kind].hint} rules={shown.rules} />
                )}
              </TabStrip>
            </Panel>
          )}
        </>
      )}
    </Page>
  )
}
