import { Button, Select } from 'antd'
import { useState } from 'react'
import { countWords, listBox, moveCases } from '#contract/flows'
import {
  DataTable,
  Empty,
  Go,
  Page,
  Panel,
  TabStrip,
  useAnswerPages,
  useGo,
  useMe,
  useQueryMembers,
} from '#web/platform'
import { type Box, columnsOf, type Line } from './box-columns.tsx'
import { BulkMove } from './bulk-move.tsx'
import { useCaseSlots } from './case-slots.tsx'

const boxes: readonly Box[] = ['todo', 'done', 'copies']
const keyOf = (line: Line): string => `${line.schoolId} ${line.caseId} ${line.since}`
const isBox = (word: string | undefined): word is Box => boxes.some((box) => box === word)

const leads: Record<Box, string> = {
  todo: '到您这里的事项,按期限排列。',
  done: '您办过的事项,最近的在前。',
  copies: '别人办理、请您知晓的事项,最近的在前。',
}
const tableLabels: Record<Box, string> = { todo: '待办事项', done: '已办事项', copies: '抄送事项' }
const emptyWords: Record<Box, readonly [string, string]> = {
  todo: ['没有等您办理的事项', '有新的会出现在这里,也会出现在工作台上。'],
  done: ['您还没有办过事项', '办过的都会留在这里,随时可以查看经过。'],
  copies: ['没有抄送给您的事项', '别人办理、请您知晓的事项会出现在这里。'],
}

/** What waits for me, what I did, what I was told; and the way to open something new. */
export const BoxesPage = () => {
  const [members, setMembers] = useQueryMembers()
  const go = useGo()
  const box = isBox(members.box) ? members.box : 'todo'
  const query = { ...(members.flow ? { flow: members.flow } : {}), ...(members.state ? { state: members.state } : {}) }
  const list = useAnswerPages(listBox, { params: { box }, query })
  const counts = list.pages?.[0]?.counts
  const tabs = [
    { key: 'todo', label: counts ? `待办 ${countWords(counts.todo)}` : '待办' },
    { key: 'done', label: '已办' },
    { key: 'copies', label: counts && counts.copies > 0 ? `抄送 ${countWords(counts.copies)}` : '抄送' },
  ]
  return (
    <Page
      title="办理"
      lead={
        counts && counts.overdue > 0 ? (
          <span className="heed">有 {countWords(counts.overdue)} 件已逾期</span>
        ) : (
          leads[box]
        )
      }
      actions={
        <>
          <Button onClick={() => go('/flows/delegations')}>委托代办</Button>
          <Button type="primary" onClick={() => go('/flows/new')}>
            发起
          </Button>
        </>
      }
    >
      <OtherLists />
      <TabStrip
        label="办理"
        tabs={tabs}
        active={box}
        onChange={(key) => setMembers({ box: key, flow: undefined, state: undefined })}
      >
        <Lines key={box} box={box} list={list} members={members} setMembers={setMembers} />
      </TabStrip>
    </Page>
  )
}

// Work that comes as a list or a round of its own, in the order it happens over a year.
const OtherLists = () => {
  const { lists } = useCaseSlots()
  const me = useMe()
  const shown = lists.flatMap(({ group, links }) => {
    const mine = links.filter(({ may }) => may === undefined || me.permissions.includes(may))
    return mine.length > 0 ? [{ group, mine }] : []
  })
  return (
    <nav className="other-lists" aria-label="成批的事项">
      {shown.map(({ group, mine }) => (
        <div className="other-lists-group" key={group}>
          <span className="quiet">{group}</span>
          {mine.map(({ label, to }) => (
            <Go key={to} to={to} className="other-list">
              {label}
            </Go>
          ))}
        </div>
      ))}
    </nav>
  )
}

interface LinesProps {
  readonly box: Box
  readonly list: ReturnType<typeof useAnswerPages<typeof listBox>>
  readonly members: Readonly<Record<string, string | undefined>>
  readonly setMembers: (members: Readonly<Record<string, string | undefined>>) => void
}

const Lines = ({ box, list, members, setMembers }: LinesProps) => {
  const go = useGo()
  const [picked, setPicked] = useState<readonly string[]>([])
  const rows = list.pages?.flatMap(({ lines }) => lines)
  const bulkMoves = list.pages?.[0]?.bulkMoves ?? []
  const chosen = (rows ?? []).filter((row) => picked.includes(keyOf(row)))
  const [title, words] = emptyWords[box]
  return (
    <>
      {box === 'todo' ? <Narrow rows={rows ?? []} members={members} setMembers={setMembers} /> : null}
      <Panel flush>
        <DataTable
          label={tableLabels[box]}
          rows={rows}
          rowKey={keyOf}
          columns={columnsOf[box]}
          onOpen={({ schoolId, caseId }) => go(`/flows/${schoolId}/${caseId}`)}
          error={list.error}
          retry={list.retry}
          more={list.more}
          empty={<Empty title={title}>{words}</Empty>}
          {...(bulkMoves.length > 0
            ? {
                selection: {
                  keys: chosen.map(keyOf),
                  onChange: setPicked,
                  acts: <BulkMove moves={bulkMoves} lines={chosen} onDone={() => setPicked([])} endpoint={moveCases} />,
                },
              }
            : {})}
        />
      </Panel>
    </>
  )
}

// What is on the page can be narrowed to one procedure and step; moving many at once is offered there.
const Narrow = ({
  rows,
  members,
  setMembers,
}: { rows: readonly Line[] } & Pick<LinesProps, 'members' | 'setMembers'>) => {
  const kinds = [...new Map(rows.map((row) => [`${row.flow} ${row.state}`, row])).values()]
  const present = members.flow && members.state ? `${members.flow} ${members.state}` : undefined
  if (kinds.length < 2 && !present) return null
  return (
    <div className="list-tools">
      <Select
        aria-label="只看一种事项"
        allowClear
        placeholder="全部事项,选一种可以一起办"
        style={{ minWidth: 260 }}
        value={present ?? null}
        options={kinds.map((row) => ({ value: `${row.flow} ${row.state}`, label: `${row.title} · ${row.stateLabel}` }))}
        onChange={(key: string | null | undefined) => {
          const [flow, state] = key?.split(' ') ?? []
          setMembers({ flow, state })
        }}
      />
    </div>
  )
}
