import { Button, Flex } from 'antd'
import { useState } from 'react'
import type { FileSlots } from '#web/students'
import { type Change, ChangeForm } from './change-form.tsx'

/** What may be decided on a student's file: recognise directly, adjust, end, leave the care list; each with its reason. */
export const Decisions: FileSlots['Decisions'] = ({ file }) => {
  const [change, setChange] = useState<Change>()
  const student = { schoolId: file.student.schoolId, studentId: file.student.id }
  const isListed = file.facts.some(({ fact, value }) => fact === 'key_student' && value === '是')
  const offered: { change: Change; label: string }[] = [
    ...(!file.recognition && file.may.includes('recognition.recognise')
      ? [{ change: 'recognise' as const, label: '直接认定' }]
      : []),
    ...(file.recognition && file.may.includes('recognition.adjust')
      ? [
          { change: 'adjust' as const, label: '调整等级' },
          { change: 'end' as const, label: '退出认定' },
        ]
      : []),
    ...(isListed && file.may.includes('recognition.decide-key-listing')
      ? [{ change: 'exit' as const, label: '退出关爱名单' }]
      : []),
  ]
  if (offered.length === 0) return null
  return (
    <>
      <Flex gap={8} wrap style={{ marginTop: 16 }}>
        {offered.map((one) => (
          <Button key={one.change} onClick={() => setChange(one.change)}>
            {one.label}
          </Button>
        ))}
      </Flex>
      {change ? <ChangeForm student={student} change={change} onClose={() => setChange(undefined)} /> : null}
    </>
  )
}
