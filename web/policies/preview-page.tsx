import { Alert, App, Button, Flex, Tag } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { adoptPack, exportPreview, listPreviewNames, previewAdoption } from '#contract/policies'
import {
  type DataColumn,
  DataTable,
  download,
  Empty,
  ErrorNote,
  formatDate,
  Go,
  Loading,
  newId,
  Page,
  Panel,
  sentenceOf,
  useAct,
  useAddress,
  useAnswer,
  useGo,
  useQueryMembers,
} from '#web/platform'

type Answer = AnswerOf<typeof previewAdoption>
type ClassLine = Answer['classes'][number]
type LoadLine = Answer['load'][number]
type Indicator = Answer['indicators'][number]
type Side = 'enter' | 'leave' | 'unknown'
interface Wish {
  readonly issuer: string
  readonly version: string
  readonly from: string
}

const changeWords = { added: '新增', changed: '有改动', ended: '终止', same: '人数变化' } as const
const sideWords: Record<Side, string> = { enter: '进入', leave: '离开', unknown: '变为情况不明' }

function Names({ unitId, wish, line, side }: { unitId: string; wish: Wish; line: ClassLine; side: Side }) {
  const [page, setPage] = useState(0)
  const { data, error } = useAnswer(
    listPreviewNames,
    { params: { unitId }, query: { ...wish, number: line.number, side, page } },
    { keepLast: true },
  )
  return (
    <Panel title={`${line.label}:${sideWords[side]}`}>
      {error ? <ErrorNote error={error} /> : null}
      {data === undefined && !error ? <Loading rows={3} /> : null}
      {data && data.students.length === 0 ? <Empty title="名单里没有您看得到的学生" /> : null}
      <ul className="plain-list">
        {data?.students.map((one) => (
          <li key={one.id}>
            <Go to={`/students/${one.schoolId}/${one.id}`}>{one.name}</Go>
            <span className="quiet">{` ${one.schoolName} ${one.className}`}</span>
          </li>
        ))}
      </ul>
      <Flex gap={8}>
        {page > 0 ? <Button onClick={() => setPage(page - 1)}>上一页</Button> : null}
        {data?.more ? <Button onClick={() => setPage(page + 1)}>下一页</Button> : null}
      </Flex>
    </Panel>
  )
}

const classColumns = (open: (line: ClassLine, side: Side) => void): readonly DataColumn<ClassLine>[] => [
  {
    key: 'label',
    title: '对象类别',
    width: 260,
    phone: 'title',
    render: ({ label, change }) => (
      <>
        {label} <Tag>{changeWords[change]}</Tag>
      </>
    ),
  },
  { key: 'now', title: '现有', width: 90, align: 'right', render: ({ membersNow }) => membersNow ?? '—' },
  ...(['enter', 'leave', 'unknown'] as const).map(
    (side): DataColumn<ClassLine> => ({
      key: side,
      title: sideWords[side],
      width: 120,
      align: 'right',
      render: (line) => {
        if (!line.moves) return side === 'enter' ? `属${line.domain},您的岗位看不到` : '—'
        const many = line.moves[side]
        return many === 0 ? (
          '0'
        ) : (
          <Button
            type="link"
            onClick={() => open(line, side)}
            aria-label={`${line.label}${sideWords[side]} ${many} 人`}
          >
            {many}
          </Button>
        )
      },
    }),
  ),
]

const loadColumns: readonly DataColumn<LoadLine>[] = [
  { key: 'post', title: '岗位', width: 120, phone: 'title', render: ({ post }) => post },
  { key: 'duty', title: '任务', width: 240, phone: 'bare', render: ({ duty }) => duty },
  { key: 'change', title: '怎样变', width: 100, render: ({ change }) => changeWords[change] },
  { key: 'before', title: '现在人数', width: 100, align: 'right', render: ({ before }) => before },
  { key: 'after', title: '采用后人数', width: 110, align: 'right', render: ({ after }) => after },
  {
    key: 'schools',
    title: '哪些学校',
    width: 300,
    phone: 'bare',
    render: ({ schools }) => (
      <span className="quiet">
        {schools
          .slice(0, 5)
          .map(({ name, before, after }) => `${name} ${before}→${after}`)
          .join(';')}
        {schools.length > 5 ? `;等 ${schools.length} 所` : ''}
      </span>
    ),
  },
]

const indicatorColumns: readonly DataColumn<Indicator>[] = [
  { key: 'label', title: '指标', width: 260, phone: 'title', render: ({ label }) => label },
  { key: 'need', title: '应有', width: 120, render: ({ needBefore, needAfter }) => `${needBefore} → ${needAfter}` },
  {
    key: 'met',
    title: '已有',
    width: 200,
    render: ({ metBefore, metAfter }) => `${metBefore} → ${metAfter ?? '采用后重新统计'}`,
  },
]

function Result({ answer, unitId, wish }: { answer: Answer; unitId: string; wish: Wish }) {
  const [open, setOpen] = useState<{ line: ClassLine; side: Side }>()
  const nothing = answer.classes.length + answer.load.length + answer.indicators.length === 0
  return (
    <>
      {answer.obstacle ? <Alert type="warning" showIcon title={answer.obstacle} style={{ marginBottom: 16 }} /> : null}
      {nothing ? <Empty title="采用它不会改变任何人的类别、任务和指标" /> : null}
      <Panel title="对象类别" flush>
        <DataTable<ClassLine>
          label="对象类别的变化"
          rows={answer.classes}
          rowKey={({ number }) => String(number)}
          columns={classColumns((line, side) => setOpen({ line, side }))}
          empty={<Empty title="类别没有变化" />}
        />
      </Panel>
      {open ? (
        <Names unitId={unitId} wish={wish} line={open.line} side={open.side} key={`${open.line.number} ${open.side}`} />
      ) : null}
      <Panel title="各岗位的任务" flush>
        <DataTable<LoadLine>
          label="各岗位任务的变化"
          rows={answer.load}
          rowKey={({ post, duty }) => `${post} ${duty}`}
          columns={loadColumns}
          empty={<Empty title="任务没有变化" />}
        />
      </Panel>
      <Panel title="指标" flush>
        <DataTable<Indicator>
          label="指标的变化"
          rows={answer.indicators}
          rowKey={({ number, label }) => `${number} ${label}`}
          columns={indicatorColumns}
          empty={<Empty title="指标没有变化" />}
        />
      </Panel>
    </>
  )
}

/** What adopting a version would bring, before it is adopted; then the adoption itself. */
export const PreviewPage = () => {
  const { unitId } = useAddress<'unitId'>()
  const [members] = useQueryMembers()
  const go = useGo()
  const { modal, message } = App.useApp()
  const [id] = useState(newId)
  const adopt = useAct(adoptPack)
  const wish: Wish = { issuer: members.issuer ?? '', version: members.version ?? '', from: members.from ?? '' }
  const input = { params: { unitId }, query: wish }
  const { data, error, refetch } = useAnswer(previewAdoption, input, { enabled: wish.issuer !== '', freshFor: 60_000 })
  const adoptNow = () =>
    void modal.confirm({
      title: `从 ${formatDate(wish.from)} 起采用`,
      content: `${data?.unit.name ?? ''}及下级从那天起执行 ${wish.issuer} ${wish.version} 版。生效之前可以撤回。`,
      okText: '采用',
      cancelText: '先不办',
      onOk: () =>
        adopt.mutate(
          { params: { unitId }, body: { id, ...wish } },
          {
            onSuccess: () => {
              void message.success('已采用')
              go(`/policies/${unitId}/adoptions`)
            },
            onError: (failure) => void message.warning(sentenceOf(failure)),
          },
        ),
    })
  return (
    <Page
      title="采用前试算"
      breadcrumb={[{ label: '采用与版本', to: `/policies/${unitId}/adoptions` }]}
      lead={
        data ? (
          <>
            {`${data.unit.name}从 ${formatDate(wish.from)} 起采用 ${wish.issuer} ${wish.version} 版会怎样;涉及 `}
            <b className="number">{data.schools}</b> 所学校。什么都没有写入。
          </>
        ) : undefined
      }
      actions={
        <Flex gap={8} wrap>
          <Button
            onClick={() =>
              void download(exportPreview, input).catch((failure: unknown) => message.warning(sentenceOf(failure)))
            }
          >
            导出
          </Button>
          <Button
            type="primary"
            disabled={!data || data.obstacle !== null}
            loading={adopt.isPending}
            onClick={adoptNow}
          >
            采用
          </Button>
        </Flex>
      }
    >
      {error ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Loading rows={8} /> : null}
      {data ? <Result answer={data} unitId={unitId} wish={wish} /> : null}
    </Page>
  )
}
