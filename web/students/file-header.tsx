import { EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { revealIdentity } from '#contract/students'
import { call, Facts, formatDate, Panel, sentenceOf } from '#web/platform'
import type { StudentFile } from './file-slots.tsx'
import { gradeWord, sexWord, stageWord } from './student-words.ts'

/** Who this is, and why I may see the file. Nothing here says in which class of care the child is. */
export const FileHeader = ({ file }: { file: StudentFile }) => {
  const { student, relation } = file
  const key = { schoolId: student.schoolId, studentId: student.id }
  return (
    <Panel>
      <p className="quiet" style={{ margin: '0 0 12px' }}>
        您能看到这份档案,因为:{relation}
      </p>
      <Facts
        wide
        rows={[
          ['班级', `${student.schoolName} ${student.className}`],
          ['学段', [stageWord(student.stage), gradeWord(student.grade)].filter(Boolean).join(' ')],
          ['性别', student.sex === null ? null : sexWord(student.sex)],
          ['出生日期', student.birthDate ? formatDate(student.birthDate) : null],
          ['学号', student.number],
          ['户籍乡镇', student.homeTown],
          ['入学', student.enteredOn ? formatDate(student.enteredOn) : null],
          [
            '证件号',
            student.hasIdentity && file.may.includes('students.reveal') ? (
              <Reveal key="identity" of={key} what="identity-number" name="证件号" />
            ) : null,
          ],
        ]}
      />
    </Panel>
  )
}

interface RevealProps {
  readonly of: { readonly schoolId: string; readonly studentId: string }
  readonly what: 'identity-number' | 'contact-phone'
  readonly contactId?: string
  readonly name: string
}

/** A sensitive value behind a tap; each tap is written into the audit log. It hides itself after a minute. */
export const Reveal = ({ of, what, contactId, name }: RevealProps) => {
  const [value, setValue] = useState<string | null>()
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const show = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      const answer = await call(revealIdentity, { params: of, body: { what, ...(contactId ? { contactId } : {}) } })
      setValue(answer.value)
      setTimeout(() => setValue(undefined), 60_000)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  if (failure) return <span role="alert">{sentenceOf(failure)}</span>
  if (value !== undefined) return <span className="number">{value ?? '没有登记'}</span>
  return (
    <Button size="small" icon={<EyeOutlined />} loading={busy} onClick={() => void show()} title="查看会留下记录">
      查看{name}
    </Button>
  )
}
