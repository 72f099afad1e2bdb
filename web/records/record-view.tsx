import { Alert, App, Button, Drawer, Flex, Input, Tag, Watermark } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '#contract/platform'
import { getRecord, reviewRecord, withdrawRecord } from '#contract/records'
import {
  ErrorNote,
  Facts,
  formatDate,
  formatMoment,
  Loading,
  sentenceOf,
  useAct,
  useAnswer,
  useGo,
  useIsPhone,
  useMe,
} from '#web/platform'
import type { FileSlots } from '#web/students'
import type { Carried } from './carried.ts'
import { KeptFrom } from './kept-from.tsx'
import type { FieldValue } from './paper.ts'
import { RecordFiles } from './record-files.tsx'
import { useRecordKinds } from './record-kinds.ts'

type Full = AnswerOf<typeof getRecord>

/** One record in full, over the page it was opened from. Opening it is written into the audit log. */
export const RecordView: FileSlots['RecordView'] = ({ schoolId, recordId, onClose }) => {
  const phone = useIsPhone()
  const me = useMe()
  const answer = useAnswer(
    getRecord,
    { params: { schoolId, recordId: recordId ?? '' } },
    { enabled: recordId !== undefined, freshFor: 60_000 },
  )
  const record = answer.data
  return (
    <Drawer
      open={recordId !== undefined}
      onClose={onClose}
      title={record ? record.kindLabel : '记录'}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 560}
      destroyOnHidden
    >
      {record && recordId !== undefined ? (
        <Watermark content={`${me.name} ${me.today}`} font={{ color: 'rgba(0,0,0,0.06)' }}>
          <Shown record={record} schoolId={schoolId} onClose={onClose} />
        </Watermark>
      ) : answer.error ? (
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Loading />
      )}
    </Drawer>
  )
}

const Shown = ({ record, schoolId, onClose }: { record: Full; schoolId: string; onClose: () => void }) => (
  <>
    <Standing record={record} />
    <Facts
      rows={[
        ['日期', formatDate(record.actDate)],
        ['方式', record.modeLabel],
        ['学生', record.subjects.map(({ name }) => name).join('、')],
        ['记录人', `${record.authorName},${formatMoment(record.recordedAt)}记`],
        ...record.fields
          .filter(({ id }) => id !== 'mode')
          .map(
            ({ label, value }) =>
              [
                label,
                <span key={label} className="whole">
                  {value}
                </span>,
              ] as const,
          ),
      ]}
    />
    <RecordFiles schoolId={schoolId} record={record} />
    {record.mine || record.may.length > 0 ? <KeptFrom schoolId={schoolId} recordId={record.id} /> : null}
    <Acts record={record} schoolId={schoolId} onClose={onClose} />
  </>
)

const Standing = ({ record }: { record: Full }) => (
  <div style={{ marginBottom: 12 }}>
    {record.reviewed ? <Tag color="success">已审核</Tag> : null}
    {record.supersedes ? <Tag>更正过原记录</Tag> : null}
    {record.withdrawn ? <Alert type="info" showIcon title="这条记录已撤回,留存备查,不再计数。" /> : null}
    {record.supersededBy ? <Alert type="info" showIcon title="这条记录已有更正,以更正后的为准。" /> : null}
  </div>
)

const Acts = ({ record, schoolId, onClose }: { record: Full; schoolId: string; onClose: () => void }) => {
  const go = useGo()
  const { message } = App.useApp()
  const { kinds } = useRecordKinds()
  const [withdrawing, setWithdrawing] = useState(false)
  const review = useAct(reviewRecord)
  const params = { schoolId, recordId: record.id }
  const correct = (): void => {
    const kind = kinds?.find((one) => one.kind === record.kind)
    const { mode, ...fields } = record.values as Record<string, FieldValue>
    const known = kind?.modes.find(({ label }) => label === record.modeLabel)?.code
    const carry: Carried = {
      kind: record.kind,
      students: record.subjects.map(({ studentId, name }) => ({ schoolId, id: studentId, name, className: '' })),
      corrects: {
        recordId: record.id,
        actDate: record.actDate,
        mode: known ?? (typeof mode === 'number' ? mode : null),
        fields,
      },
    }
    go('/records/new', {}, { carry })
  }
  if (record.may.length === 0) return null
  return (
    <section style={{ marginTop: 24 }}>
      {review.error ? (
        <Alert type="warning" showIcon title={sentenceOf(review.error)} style={{ marginBottom: 12 }} role="alert" />
      ) : null}
      <Flex gap={12} wrap>
        {record.may.includes('review') ? (
          <Button
            type="primary"
            loading={review.isPending}
            onClick={() => review.mutate({ params, body: {} }, { onSuccess: () => void message.success('已审核') })}
          >
            审核通过
          </Button>
        ) : null}
        {record.may.includes('correct') ? <Button onClick={correct}>更正</Button> : null}
        {record.may.includes('withdraw') ? <Button onClick={() => setWithdrawing(true)}>撤回</Button> : null}
      </Flex>
      {withdrawing ? <Withdrawal params={params} onDone={onClose} onCancel={() => setWithdrawing(false)} /> : null}
    </section>
  )
}

interface WithdrawalProps {
  readonly params: { readonly schoolId: string; readonly recordId: string }
  readonly onDone: () => void
  readonly onCancel: () => void
}

const Withdrawal = ({ params, onDone, onCancel }: WithdrawalProps) => {
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const act = useAct(withdrawRecord)
  const withdraw = (): void =>
    act.mutate(
      { params, body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          message.success('已撤回')
          onDone()
        },
      },
    )
  return (
    <div style={{ marginTop: 16 }}>
      <label htmlFor="withdrawal-reason">撤回的理由</label>
      <div className="quiet field-hint">撤回后这条记录不再计数,但会连同理由留存备查。</div>
      <Input.TextArea
        id="withdrawal-reason"
        value={reason}
        maxLength={200}
        autoSize={{ minRows: 2 }}
        onChange={(event) => setReason(event.target.value)}
      />
      {act.error ? (
        <div className="field-problem" role="alert">
          {sentenceOf(act.error)}
        </div>
      ) : null}
      <div className="form-acts">
        <Button danger disabled={[...reason.trim()].length < 2} loading={act.isPending} onClick={withdraw}>
          确定撤回
        </Button>
        <Button onClick={onCancel}>不撤回</Button>
      </div>
    </div>
  )
}
