import { useState } from 'react'
import { listImports } from '#contract/imports'
import type { AnswerOf } from '#contract/platform'
import { UnitPicker } from '#web/organisations'
import { type DataColumn, DataTable, Empty, Page, Panel, useAnswer, useGo, useMay, useMe } from '#web/platform'
import { DropFiles } from './drop-files.tsx'
import { tabsFor } from './outcomes.ts'
import { PageTurner } from './page-turner.tsx'
import { QueuePanel } from './queue-panel.tsx'
import { StateTag } from './state-tag.tsx'
import { addFiles } from './upload-store.ts'
import { whenText } from './when.ts'
import { isMatchedList, isOver, isWorking } from './words.ts'

type Listed = AnswerOf<typeof listImports>['imports'][number]

const nextAct = ({ state, counts }: Listed): string => {
  if (state === 'mapped') return '确认列'
  if (state === 'previewed') return '看核对结果'
  if (state === 'committed' && counts.doubtful > 0) return `核对 ${counts.doubtful.toLocaleString('zh-CN')} 行`
  return isWorking(state) ? '看进度' : '查看'
}

/** True where a person's turn has come. */
const waits = ({ state, counts }: Listed): boolean => !isOver(state) || (state === 'committed' && counts.doubtful > 0)

const countsText = (listed: Listed): string => {
  if (!['previewed', 'committing', 'committed'].includes(listed.state))
    return listed.counts.rows > 0 ? `${listed.counts.rows.toLocaleString('zh-CN')} 行` : '—'
  const parts = tabsFor(listed.counts, isMatchedList(listed)).filter(({ count }) => (count ?? 0) > 0)
  return parts.length === 0
    ? '没有变化'
    : parts.map(({ label, count }) => `${label}\u00a0${(count ?? 0).toLocaleString('zh-CN')}`).join(' · ')
}

const columns: readonly DataColumn<Listed>[] = [
  { key: 'file', title: '文件', width: 250, phone: 'title', render: ({ fileName }) => fileName },
  { key: 'kind', title: '是什么表', width: 170, phone: 'bare', render: ({ kindLabel }) => kindLabel ?? '没有认出' },
  { key: 'state', title: '进展', width: 110, phone: 'aside', render: ({ state }) => <StateTag state={state} /> },
  { key: 'counts', title: '结果', width: 240, phone: 'bare', render: countsText },
  {
    key: 'who',
    title: '谁、何时',
    width: 190,
    phone: 'bare',
    render: ({ unitName, createdByName, createdAt }) => (
      <span className="quiet">
        {`${unitName} · ${createdByName} `}
        <span className="unbroken">{whenText(createdAt)}</span>
      </span>
    ),
  },
  {
    key: 'next',
    title: '下一步',
    width: 110,
    phone: 'bare',
    render: (listed) => <span className={waits(listed) ? 'strong' : 'quiet'}>{nextAct(listed)}</span>,
  },
]

/** Where lists are handed in, and every list that was. */
export const ImportsPage = () => {
  const { homeUnit } = useMe()
  const mayUpload = useMay('imports.upload')
  const go = useGo()
  const [unit, setUnit] = useState<{ id: string; name: string }>(homeUnit)
  const [page, setPage] = useState(1)
  const [working, setWorking] = useState(false)
  const { data, error, refetch } = useAnswer(
    listImports,
    { query: { page } },
    { keepLast: true, every: working ? 2000 : false },
  )
  const anyWorking = data?.imports.some(({ state }) => isWorking(state)) ?? false
  if (anyWorking !== working) setWorking(anyWorking)

  return (
    <Page title="导入与名单" lead="先识别,再核对,您确认后一次写入;退回的行会带着原因还给您。">
      {mayUpload ? (
        <Panel title="交表" aside={<UnitPicker label="交给哪个单位" value={unit} onChange={setUnit} />}>
          <DropFiles unitName={unit.name} onFiles={(files) => addFiles(unit.id, files)} />
        </Panel>
      ) : null}
      <QueuePanel />
      <Panel title="导入记录" flush>
        <DataTable<Listed>
          label="导入记录"
          rows={data?.imports}
          rowKey={({ id }) => id}
          columns={columns}
          error={error}
          retry={() => void refetch()}
          onOpen={({ id }) => go(`/imports/${id}`)}
          empty={
            <Empty title="还没有导入过">
              {mayUpload ? '把第一份表拖到上面就可以开始。' : '导入由本单位的专干办理。'}
            </Empty>
          }
          footer={
            <PageTurner
              page={page}
              onBack={page > 1 ? () => setPage(page - 1) : undefined}
              onNext={data?.more ? () => setPage(page + 1) : undefined}
            />
          }
        />
      </Panel>
    </Page>
  )
}
