import { Alert, App, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { endPairing, pairMentor } from '#contract/mentoring'
import { listPeople } from '#contract/people'
import { newId, sentenceOf, useAct, useAnswer, useMe, useRested } from '#web/platform'

interface Key {
  readonly schoolId: string
  readonly studentId: string
}

/** Pairs a mentor with the student: found by name among the school's people, with the number of students each already has. */
export const PairMentor = ({
  student,
  taken,
  onClose,
}: {
  student: Key
  taken: readonly string[]
  onClose: () => void
}) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [id] = useState(newId)
  const [typed, setTyped] = useState('')
  const [mentorId, setMentorId] = useState<string>()
  const [fromDate, setFromDate] = useState(today)
  const search = useRested(typed.trim())
  const people = useAnswer(
    listPeople,
    { query: { unit: student.schoolId, ...(search ? { search } : {}) } },
    { keepLast: true },
  )
  const act = useAct(pairMentor)
  const pair = (): void => {
    if (!mentorId) return
    act.mutate(
      { params: student, body: { id, mentorId, fromDate } },
      {
        onSuccess: () => {
          message.success('已配导师')
          onClose()
        },
      },
    )
  }
  const options = (people.data?.people ?? [])
    .filter((person) => !taken.includes(person.id))
    .map((person) => ({
      value: person.id,
      label: person.name,
      about: [person.subject, person.homeTown, ...person.skills, `已带 ${person.students} 名学生`]
        .filter(Boolean)
        .join(' · '),
    }))
  return (
    <Modal
      open
      title="配导师"
      okText="确定配对"
      cancelText="取消"
      okButtonProps={{ disabled: !mentorId || fromDate === '', loading: act.isPending }}
      onOk={pair}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="quiet">配对后,这位导师就能看到学生的档案,工作台上会出现这名学生。</p>
      {act.error || people.error ? (
        <Alert
          type="warning"
          showIcon
          title={sentenceOf(act.error ?? people.error)}
          style={{ marginBottom: 12 }}
          role="alert"
        />
      ) : null}
      <Form layout="vertical">
        <Form.Item label="导师" htmlFor="mentor" required>
          <Select
            id="mentor"
            placeholder="输入姓名查找"
            value={mentorId ?? null}
            loading={people.isFetching}
            options={options}
            showSearch={{ filterOption: false, onSearch: setTyped }}
            notFoundContent="没有找到这位老师"
            optionRender={(option) => (
              <div>
                {option.label}
                <div className="quiet">{option.data.about}</div>
              </div>
            )}
            onChange={(chosen: string | null) => setMentorId(chosen ?? undefined)}
          />
        </Form.Item>
        <Form.Item label="从哪天开始" htmlFor="pair-from" required>
          <Input
            id="pair-from"
            type="date"
            style={{ width: 180 }}
            value={fromDate}
            onChange={(event) => setFromDate(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}

interface EndProps {
  readonly student: Key
  readonly mentor: { readonly pairingId: string; readonly name: string; readonly fromDate: string }
  readonly onClose: () => void
}

/** Ends a pairing with a date and a reason; the history stays. */
export const EndPairing = ({ student, mentor, onClose }: EndProps) => {
  const { today } = useMe()
  const { message } = App.useApp()
  const [untilDate, setUntilDate] = useState(today)
  const [reason, setReason] = useState('')
  const act = useAct(endPairing)
  const end = (): void =>
    act.mutate(
      { params: { ...student, pairingId: mentor.pairingId }, body: { untilDate, reason: reason.trim() || null } },
      {
        onSuccess: () => {
          message.success('已结束结对')
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={`结束与${mentor.name}的结对`}
      okText="结束结对"
      cancelText="取消"
      okButtonProps={{ disabled: untilDate === '', loading: act.isPending }}
      onOk={end}
      onCancel={onClose}
    >
      <p className="quiet">结束后,这位导师不再看到学生的档案;已写下的记录都会保留。</p>
      {act.error ? (
        <Alert type="warning" showIcon title={sentenceOf(act.error)} style={{ marginBottom: 12 }} role="alert" />
      ) : null}
      <Form layout="vertical">
        <Form.Item label="到哪天为止" htmlFor="pair-until" required>
          <Input
            id="pair-until"
            type="date"
            style={{ width: 180 }}
            min={mentor.fromDate}
            value={untilDate}
            onChange={(event) => setUntilDate(event.target.value)}
          />
        </Form.Item>
        <Form.Item label="理由(可不填)" htmlFor="pair-reason">
          <Input.TextArea
            id="pair-reason"
            value={reason}
            maxLength={200}
            autoSize={{ minRows: 2 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
