import { Tag } from 'antd'
import type { AnswerOf } from '#contract/platform'
import type { listRulesInForce } from '#contract/policies'
import { type DataColumn, DataTable, Empty, formatDate, Panel } from '#web/platform'

type PackHere = AnswerOf<typeof listRulesInForce>['packs'][number]

const columns: readonly DataColumn<PackHere>[] = [
  { key: 'name', title: '政策', width: 220, phone: 'title', render: ({ name }) => name },
  {
    key: 'from',
    title: '由谁采用',
    width: 240,
    phone: 'bare',
    render: ({ inherited, adoptedBy }) =>
      inherited ? (
        adoptedBy.name
      ) : (
        <>
          本单位 <Tag>本级</Tag>
        </>
      ),
  },
  {
    key: 'since',
    title: '执行日期',
    width: 160,
    render: ({ from }) => <span className="number">{`${formatDate(from)}起`}</span>,
  },
  {
    key: 'version',
    title: '版本',
    width: 96,
    phone: 'hidden',
    render: ({ version }) => <span className="number">{version}</span>,
  },
  { key: 'documents', title: '依据的文件', width: 440, phone: 'bare', render: (pack) => <Documents pack={pack} /> },
]

function Documents({ pack }: { pack: PackHere }) {
  if (pack.documents.length === 0) return <span className="quiet">—</span>
  return (
    <ul className="plain-list">
      {pack.documents.map(({ id, title, number, issued }) => (
        <li key={id}>
          {title}
          {number === null ? null : `(${number})`}
          {issued === null ? null : <span className="quiet">{` ${formatDate(issued)}`}</span>}
        </li>
      ))}
    </ul>
  )
}

/** The packs in force, highest first: who issued them, which unit adopted them. */
export function PacksPanel({ packs }: { packs: readonly PackHere[] }) {
  return (
    <Panel title="执行的政策" flush>
      <DataTable<PackHere>
        label="执行的政策"
        rows={packs}
        rowKey={({ issuer }) => issuer}
        columns={columns}
        empty={<Empty title="这一天还没有执行的政策">上级或本单位采用政策后,规则从采用之日起生效。</Empty>}
      />
    </Panel>
  )
}
