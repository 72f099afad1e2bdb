import { Tag, theme } from 'antd'
import type { AnswerOf } from '#contract/platform'
import { comparePacks } from '#contract/policies'
import { Empty, ErrorNote, Loading, Page, Panel, useAddress, useAnswer, useQueryMembers } from '#web/platform'
import { kindWords } from './rule-words.ts'

type Difference = AnswerOf<typeof comparePacks>['differences'][number]

const changeWords: Record<Difference['change'], string> = {
  added: '新增',
  figure: '数字更正',
  wording: '文字更正',
  changed: '修改',
  ended: '终止',
}
const versionWords = { patch: '小更正', minor: '新增规则', major: '规则有修改或终止' } as const

const Side = ({ title, side }: { title: string; side: Difference['before'] }) =>
  side ? (
    <p style={{ margin: '6px 0', maxWidth: '60em' }}>
      <span className="quiet">{`${title}:`}</span>
      {side.sentence}
      <br />
      <span className="quiet">{`依据:${side.cite}`}</span>
    </p>
  ) : null

/** Two versions of one pack, rule by rule: what was added, changed and ended, in plain words. */
export const ComparePage = () => {
  const { unitId } = useAddress<'unitId'>()
  const { token } = theme.useToken()
  const [{ issuer = '', older = '', newer = '' }] = useQueryMembers()
  const { data, error, refetch } = useAnswer(comparePacks, { params: { issuer }, query: { older, newer } })
  return (
    <Page
      title={`比较 ${older} 版和 ${newer} 版`}
      breadcrumb={[{ label: '采用与版本', to: `/policies/${unitId}/adoptions` }]}
      lead={data ? `${data.name}:${data.kind ? versionWords[data.kind] : '没有不同'}` : undefined}
    >
      {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading rows={6} /> : null}
      {data && data.differences.length === 0 ? <Empty title="两个版本没有不同" /> : null}
      {data && data.differences.length > 0 ? (
        <Panel>
          <ul className="plain-list">
            {data.differences.map((one) => (
              <li
                key={`${one.kind} ${one.ref} ${one.change}`}
                style={{ padding: '12px 0', borderTop: `1px solid ${token.colorBorderSecondary}` }}
              >
                <h3>
                  {one.label} <Tag>{changeWords[one.change]}</Tag>
                  <span className="quiet">{kindWords[one.kind].label}</span>
                </h3>
                <Side title={`${older} 版`} side={one.before} />
                <Side title={`${newer} 版`} side={one.after} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </Page>
  )
}
