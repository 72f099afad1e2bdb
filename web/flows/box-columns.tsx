import type { listBox } from '#contract/flows'
import type { AnswerOf } from '#contract/platform'
import { type DataColumn, formatMoment } from '#web/platform'
import { DueWords } from './due-words.tsx'

/** One line of a box. */
export type Line = AnswerOf<typeof listBox>['lines'][number]

/** What waits for me, what I did, what I was told. */
export type Box = 'todo' | 'done' | 'copies'

const who: readonly DataColumn<Line>[] = [
  { key: 'title', title: '事项', phone: 'title', render: ({ title }) => title },
  {
    key: 'student',
    title: '关于',
    phone: 'bare',
    render: (line) => [line.studentName, line.className, line.schoolName].filter(Boolean).join(' · '),
  },
]
// What nobody opened yet is marked like a message.
const toldTitle: DataColumn<Line> = {
  key: 'title',
  title: '事项',
  phone: 'title',
  render: ({ title, unread }) =>
    unread ? (
      <span className="strong">
        ● {title}
        <span className="only-read">(未读)</span>
      </span>
    ) : (
      title
    ),
}
const waiting: readonly DataColumn<Line>[] = [
  ...who,
  { key: 'state', title: '到哪一步', width: 160, phone: 'aside', render: ({ stateLabel }) => stateLabel },
  { key: 'due', title: '期限', width: 240, phone: 'line', render: (line) => <DueWords {...line} /> },
  { key: 'since', title: '到达', width: 160, phone: 'line', render: ({ since }) => formatMoment(since) },
]
const told: readonly DataColumn<Line>[] = [toldTitle, ...waiting.filter(({ key }) => key !== 'due' && key !== 'title')]
const done: readonly DataColumn<Line>[] = [
  ...who,
  { key: 'move', title: '我办的', width: 160, phone: 'aside', render: ({ moveLabel }) => moveLabel },
  { key: 'state', title: '现在', width: 160, phone: 'line', render: ({ stateLabel }) => stateLabel },
  { key: 'since', title: '办理时间', width: 160, phone: 'line', render: ({ since }) => formatMoment(since) },
]

/** What a box shows of its lines. */
export const columnsOf: Record<Box, readonly DataColumn<Line>[]> = { todo: waiting, done, copies: told }
