import { WarningOutlined } from '@ant-design/icons'
import { Button, Flex } from 'antd'
import { useState } from 'react'
import { type UnitAnswer, vacantSentence } from '#web/organisations'
import { type DataColumn, DataTable, Empty, formatDate, Panel } from '#web/platform'
import { EndAppointment } from './end-appointment.tsx'

type Post = UnitAnswer['posts'][number]

interface Props {
  readonly answer: UnitAnswer
  readonly onAppoint: (post: string | undefined) => void
}

/** Every post of a unit and who holds it; a vacant one says 无人负责 and who answers meanwhile. [T7] */
export function PostsPanel({ answer, onAppoint }: Props) {
  const { posts, mayKeep } = answer
  const columns: DataColumn<Post>[] = [
    { key: 'post', title: '岗位', width: 180, phone: 'title', render: ({ label }) => label },
    {
      key: 'holders',
      title: '谁在任',
      width: 420,
      phone: 'bare',
      render: (post) => <Holders post={post} mayKeep={mayKeep} />,
    },
    ...(mayKeep
      ? [
          {
            key: 'act',
            title: '办理',
            width: 120,
            phone: 'aside' as const,
            render: ({ post, label }: Post) => (
              <Button size="small" aria-label={`任命${label}`} onClick={() => onAppoint(post)}>
                任命
              </Button>
            ),
          },
        ]
      : []),
  ]
  const vacant = posts.filter(({ holders }) => holders.length === 0).length
  return (
    <Panel title="岗位" aside={vacant > 0 ? <span className="heed">{`${vacant} 个岗位无人负责`}</span> : null} flush>
      <DataTable<Post>
        label="岗位与在任的人"
        rows={posts}
        rowKey={({ post }) => post}
        columns={columns}
        empty={<Empty title="这一级没有岗位" />}
      />
    </Panel>
  )
}

/** So many holders are shown at once; a school's teachers stand in the list of people. */
const shownAtOnce = 5

function Holders({ post, mayKeep }: { post: Post; mayKeep: boolean }) {
  const [all, showAll] = useState(false)
  const shown = all ? post.holders : post.holders.slice(0, shownAtOnce)
  if (post.holders.length === 0) {
    return (
      <span>
        <span className="heed strong">
          <WarningOutlined aria-hidden /> 无人负责
        </span>{' '}
        <span className="quiet">{vacantSentence(post.passesTo)}</span>
      </span>
    )
  }
  return (
    <ul className="plain-list holders">
      {shown.map(({ personId, name, fromDate, appointmentId }) => (
        <li key={appointmentId ?? personId}>
          <Flex align="center" gap={8} wrap>
            <span style={{ minWidth: '3em' }}>{name}</span>
            <span className="quiet number">{`${formatDate(fromDate)}起`}</span>
            {mayKeep ? <EndAppointment appointmentId={appointmentId} name={name} post={post.label} /> : null}
          </Flex>
        </li>
      ))}
      {shown.length < post.holders.length ? (
        <li>
          <button type="button" className="link-button" onClick={() => showAll(true)}>
            {`还有 ${post.holders.length - shown.length} 名`}
          </button>
        </li>
      ) : null}
    </ul>
  )
}
