import { CheckOutlined, DownloadOutlined, EyeOutlined, SafetyOutlined, StopOutlined } from '@ant-design/icons'
import { Button, Flex, Segmented, Tag, Tooltip } from 'antd'
import { useState } from 'react'
import { listAudit } from '#contract/people'
import type { AnswerOf } from '#contract/platform'
import { type DataColumn, DataTable, Empty, formatMoment, Page, Panel, useAnswer } from '#web/platform'
import { type AuditOutcome, actionWord, isAuditOutcome, outcomeLabels } from './audit-words.ts'

type Entry = AnswerOf<typeof listAudit>['entries'][number]

const icons: Record<AuditOutcome, typeof CheckOutlined> = {
  done: CheckOutlined,
  read: EyeOutlined,
  exported: DownloadOutlined,
  refused: StopOutlined,
}

function OutcomeTag({ outcome }: { outcome: string }) {
  if (!isAuditOutcome(outcome)) return <Tag>{outcome}</Tag>
  const Icon = icons[outcome]
  return (
    <Tag icon={<Icon aria-hidden />} {...(outcome === 'refused' ? { color: 'warning' } : {})}>
      {outcomeLabels[outcome]}
    </Tag>
  )
}

const columns: readonly DataColumn<Entry>[] = [
  {
    key: 'at',
    title: '时间',
    width: 180,
    phone: 'aside',
    render: ({ at }) => <span className="number">{formatMoment(at)}</span>,
  },
  {
    key: 'who',
    title: '谁',
    width: 140,
    phone: 'title',
    render: ({ actorName, outcome }) => actorName ?? (outcome === 'refused' ? '未登录' : '系统'),
  },
  {
    key: 'action',
    title: '做了什么',
    width: 320,
    phone: 'bare',
    render: ({ action }) => <span title={action}>{actionWord(action)}</span>,
  },
  {
    key: 'outcome',
    title: '结果',
    width: 120,
    phone: 'bare',
    render: ({ outcome }) => <OutcomeTag outcome={outcome} />,
  },
  { key: 'unit', title: '单位', width: 200, phone: 'bare', render: ({ unitName }) => unitName ?? '—' },
  {
    key: 'sealed',
    title: '封存',
    width: 96,
    phone: 'hidden',
    render: ({ sealed }) =>
      sealed ? (
        <Tooltip title="已计入校验链,改动会被发现">
          <span>
            <SafetyOutlined aria-hidden /> 已封存
          </span>
        </Tooltip>
      ) : (
        <span className="quiet">待封存</span>
      ),
  },
]

const choices = [
  { value: 'all', label: '全部' },
  ...Object.entries(outcomeLabels).map(([value, label]) => ({ value, label })),
]

/** Who read, exported, changed or was refused what, and when. Nobody can change it. [C13] */
export const AuditPage = () => {
  const [outcome, setOutcome] = useState<string>('all')
  const [page, setPage] = useState(1)
  const query = isAuditOutcome(outcome) ? { page, outcome } : { page }
  const { data, error, refetch } = useAnswer(listAudit, { query }, { keepLast: true })
  return (
    <Page title="审计" lead="查看敏感内容、导出、办理和被拒绝的请求都记在这里,任何人不能改。">
      <Panel flush>
        <Flex style={{ padding: '12px 16px', overflowX: 'auto' }}>
          <Segmented
            aria-label="按结果筛选"
            value={outcome}
            options={choices}
            onChange={(value) => {
              setOutcome(value)
              setPage(1)
            }}
          />
        </Flex>
        <DataTable<Entry>
          label="审计记录"
          rows={data?.entries}
          rowKey={({ id }) => id}
          columns={columns}
          error={error ?? undefined}
          retry={() => void refetch()}
          empty={<Empty title="没有这类记录" />}
          footer={
            data !== undefined && (page > 1 || data.more) ? (
              <Flex component="nav" aria-label="翻页" gap={12} align="center" justify="end" style={{ padding: 12 }}>
                <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
                  上一页
                </Button>
                <span className="quiet number">{`第 ${page} 页`}</span>
                <Button disabled={!data.more} onClick={() => setPage(page + 1)}>
                  下一页
                </Button>
              </Flex>
            ) : null
          }
        />
      </Panel>
    </Page>
  )
}
