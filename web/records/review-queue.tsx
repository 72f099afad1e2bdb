import { Alert, App, Button, Progress } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { listToReview, reviewRecord } from '#contract/records'
import {
  answers,
  call,
  type DataColumn,
  DataTable,
  Empty,
  isRefusal,
  Panel,
  refresh,
  sentenceOf,
  useAnswerPages,
} from '#web/platform'
import { hasManySchools, lineColumns, lineKey, type RecordLine, whoWords } from './record-lines.tsx'
import { RecordView } from './record-view.tsx'
import { outcomeWords, type ReviewProgress, reviewInOrder, untried } from './review-in-order.ts'

const more: readonly DataColumn<RecordLine>[] = [
  { key: 'kind', title: '记录', width: 120, phone: 'aside', render: ({ kindLabel }) => kindLabel },
  { key: 'author', title: '记录人', width: 180, phone: 'line', render: ({ authorName }) => authorName },
]

/** Records of others that wait for this person: opened one by one, or reviewed together. [C9 C12] */
export const ReviewQueue = () => {
  const { modal } = App.useApp()
  const [opened, setOpened] = useState<RecordLine>()
  const [picked, setPicked] = useState<readonly string[]>([])
  const { progress, ended, start, stop, close } = useReviewing()
  const list = useAnswerPages(listToReview, {})
  const rows = list.pages?.flatMap(({ records }) => records)
  const chosen = (rows ?? []).filter((row) => picked.includes(lineKey(row)))
  const ask = (): void => {
    modal.confirm({
      title: `审核通过 ${chosen.length} 条记录?`,
      content: '通过后计入“已审核”,并留下您的姓名和时间。拿不准的请先打开看。',
      okText: '审核通过',
      cancelText: '再看看',
      onOk: () => {
        setPicked([])
        void start(chosen)
      },
    })
  }
  return (
    <>
      {rows && rows.length > 0 ? (
        <div className="list-tools">
          <Button onClick={() => setPicked(rows.map(lineKey))}>选中列出的 {rows.length} 条</Button>
          <span className="list-count quiet" role="status">
            {list.more.has ? `已列出 ${rows.length} 条,下面还有` : `共 ${rows.length} 条`}
          </span>
        </div>
      ) : null}
      {progress ? <Reviewing progress={progress} ended={ended} onStop={stop} onClose={close} /> : null}
      <Panel flush>
        <DataTable
          label="待审核的记录"
          rows={rows}
          rowKey={lineKey}
          columns={[...lineColumns<RecordLine>(hasManySchools(rows)), ...more]}
          onOpen={setOpened}
          error={list.error}
          retry={list.retry}
          more={list.more}
          empty={<Empty title="没有等您审核的记录">近一年里他人所记、需要审核的都已审核;您自己记的由他人审核。</Empty>}
          selection={{
            keys: chosen.map(lineKey),
            onChange: setPicked,
            acts: (
              <Button type="primary" disabled={progress !== undefined && !ended} onClick={ask}>
                审核通过
              </Button>
            ),
          }}
        />
      </Panel>
      <RecordView schoolId={opened?.schoolId ?? ''} recordId={opened?.id} onClose={() => setOpened(undefined)} />
    </>
  )
}

/** Reviews rows one call each, in order; leaving the page stops after the one under way. */
const useReviewing = () => {
  const [progress, setProgress] = useState<ReviewProgress>()
  const [ended, setEnded] = useState(false)
  const stopped = useRef(false)
  const stop = (): void => {
    stopped.current = true
  }
  useEffect(
    () => () => {
      stopped.current = true
    },
    [],
  )
  const start = async (rows: readonly RecordLine[]): Promise<void> => {
    stopped.current = false
    setEnded(false)
    setProgress(untried(rows.length))
    const outcome = await reviewInOrder({
      rows,
      review: ({ schoolId, id }) => call(reviewRecord, { params: { schoolId, recordId: id }, body: {} }),
      who: whoWords,
      // A busy server or a lost session would meet the next record too.
      refusalOf: (error) =>
        isRefusal(error) && error.status < 500 && error.status !== 401 ? sentenceOf(error) : undefined,
      failureOf: sentenceOf,
      isStopped: () => stopped.current,
      onProgress: setProgress,
    })
    setProgress(outcome)
    setEnded(true)
    await refresh(answers)
  }
  return { progress, ended, start, stop, close: () => setProgress(undefined) }
}

interface ReviewingProps {
  readonly progress: ReviewProgress
  readonly ended: boolean
  readonly onStop: () => void
  readonly onClose: () => void
}

const Reviewing = ({ progress, ended, onStop, onClose }: ReviewingProps) => {
  const { total, reviewed, refused } = progress
  const tried = reviewed + refused.length
  if (ended)
    return (
      <Alert
        type={reviewed === total ? 'success' : 'warning'}
        showIcon
        role="status"
        style={{ marginBottom: 12 }}
        title={outcomeWords(progress)}
        description={refused.map(({ who, sentence }) => `${who}:${sentence}`).join(' ')}
        closable={{ onClose, 'aria-label': '知道了' }}
      />
    )
  return (
    <Panel
      title="正在审核"
      aside={
        <Button size="small" onClick={onStop}>
          停下
        </Button>
      }
    >
      <div role="status">
        第 {Math.min(tried + 1, total)} 条,共 {total} 条
      </div>
      <Progress percent={Math.floor((tried / total) * 100)} showInfo={false} aria-label="审核进度" />
    </Panel>
  )
}
