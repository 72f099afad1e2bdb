import { Button, Flex, InputNumber, Popconfirm } from 'antd'
import { useState } from 'react'
import { decideMatch, getImport, listImports, listMatches } from '#contract/imports'
import { Empty, ErrorNote, Loading, Page, Panel, TabStrip, useAct, useAddress, useAnswer } from '#web/platform'
import { MatchCard } from './match-card.tsx'
import { bulkChoices, decisionsOf, sharedStudents } from './match-decisions.ts'
import { PageTurner } from './page-turner.tsx'

const verdicts = [
  { key: 'doubtful', label: '有疑问', empty: '都核对完了。' },
  { key: 'confirmed', label: '已确认', empty: '还没有人工确认过的行。' },
  { key: 'rejected', label: '不是', empty: '没有否定过的行。' },
  { key: 'sure', label: '自动对上', empty: '没有自动对上的行。' },
] as const
type Verdict = (typeof verdicts)[number]['key']
const pageSize = 20
/** The server lists so many at once; those behind come when the first are decided. */
const mostAtOnce = 200

/** Rows that may be a student: who is on the list, who it could be, how sure and why; a person decides. [X7] */
export const MatchesPage = () => {
  const { importId } = useAddress<'importId'>()
  const [verdict, setVerdict] = useState<Verdict>('doubtful')
  const view = useAnswer(getImport, { params: { importId } })
  return (
    <Page
      title="核对有疑问的行"
      breadcrumb={[
        { label: '导入与名单', to: '/imports' },
        { label: view.data?.fileName ?? '一次导入', to: `/imports/${importId}` },
      ]}
      lead="左边是名单上写的,右边是学籍里可能的学生。确认后才写入他的情况;拿不准的可以先放着。"
    >
      <Panel>
        <TabStrip
          label="核对情况"
          active={verdict}
          onChange={(key) => setVerdict(verdicts.find((one) => one.key === key)?.key ?? 'doubtful')}
          tabs={verdicts}
        >
          <Matches key={verdict} importId={importId} verdict={verdict} />
        </TabStrip>
      </Panel>
    </Page>
  )
}

function Matches({ importId, verdict }: { importId: string; verdict: Verdict }) {
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useAnswer(
    listMatches,
    { params: { importId }, query: { verdict } },
    { keepLast: true },
  )
  const decide = useAct(decideMatch, { refreshes: [listMatches, getImport, listImports] })
  if (error && data === undefined) return <ErrorNote error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading rows={8} />
  const { matches } = data
  if (matches.length === 0) return <Empty title={verdicts.find(({ key }) => key === verdict)?.empty ?? '没有内容'} />

  const pages = Math.ceil(matches.length / pageSize)
  const current = Math.min(page, pages)
  const shown = matches.slice((current - 1) * pageSize, current * pageSize)
  const send = (decisions: { row: number; studentId: string | null }[]): void =>
    decide.mutate({ params: { importId }, body: { decisions } })

  return (
    <Flex vertical gap={16}>
      {verdict === 'doubtful' ? <BulkAccept matches={matches} busy={decide.isPending} onAccept={send} /> : null}
      {decide.error ? <ErrorNote error={decide.error} /> : null}
      <ul className="plain-list">
        {shown.map((match) => (
          <MatchCard
            key={match.row}
            match={match}
            open={verdict === 'doubtful'}
            busy={decide.isPending}
            onDecide={(studentId) => send([{ row: match.row, studentId }])}
          />
        ))}
      </ul>
      <PageTurner
        page={current}
        onBack={current > 1 ? () => setPage(current - 1) : undefined}
        onNext={current < pages ? () => setPage(current + 1) : undefined}
      />
    </Flex>
  )
}

interface BulkProps {
  readonly matches: Parameters<typeof bulkChoices>[0]
  readonly busy: boolean
  readonly onAccept: (decisions: { row: number; studentId: string | null }[]) => void
}

function BulkAccept({ matches, busy, onAccept }: BulkProps) {
  const [atLeast, setAtLeast] = useState(90)
  const chosen = new Map(bulkChoices(matches, atLeast))
  // Two rows for one student: one of them is wrong, so both are left to a person.
  for (const row of sharedStudents(chosen)) chosen.delete(row)
  const decisions = decisionsOf(chosen)
  const highest = Math.max(0, ...matches.flatMap(({ candidates }) => candidates.map(({ score }) => score)))
  return (
    <Flex gap={12} align="center" wrap>
      <label htmlFor="at-least">一并确认不低于</label>
      <InputNumber
        id="at-least"
        min={50}
        max={100}
        value={atLeast}
        onChange={(value) => setAtLeast(value ?? 90)}
        style={{ width: 80 }}
      />
      <span>分、且最像的只有一名的行:</span>
      <Popconfirm
        title={`确认这 ${decisions.length} 行?`}
        description="会写入这些学生的情况,并重新归类;之后仍可以逐名更正。"
        okText="确认"
        cancelText="再看看"
        disabled={decisions.length === 0}
        onConfirm={() => onAccept(decisions)}
      >
        <Button disabled={decisions.length === 0} loading={busy}>{`一并确认 ${decisions.length} 行`}</Button>
      </Popconfirm>
      <span className="quiet number">
        {matches.length < mostAtOnce
          ? `共 ${matches.length} 行待核对,最高 ${highest} 分`
          : `先列出前 ${mostAtOnce} 行,核对后再列出后面的`}
      </span>
    </Flex>
  )
}
