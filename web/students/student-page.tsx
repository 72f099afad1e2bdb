import { Alert, Button } from 'antd'
import { useState } from 'react'
import { getStudent } from '#contract/students'
import { ErrorNote, Loading, Page, Panel, TabStrip, useAddress, useAnswer, useGo, useIsPhone } from '#web/platform'
import { ClassesTab } from './classes-tab.tsx'
import { DutiesTab } from './duties-tab.tsx'
import { FactsTab } from './facts-tab.tsx'
import { FamilyTab } from './family-tab.tsx'
import { FileHeader } from './file-header.tsx'
import { type FileTab, type StudentFile, useFileSlots } from './file-slots.tsx'
import { NowPanel } from './now-panel.tsx'
import { isAtSchool, isOnLeave } from './student-words.ts'
import { TimelineTab } from './timeline-tab.tsx'

const story: FileTab = { key: 'timeline', label: '经过', shows: () => true, Body: TimelineTab }
const ownTabs: readonly FileTab[] = [
  story,
  { key: 'facts', label: '情况', shows: () => true, Body: FactsTab },
  {
    key: 'classes',
    label: '归类',
    shows: (file) => file.classes.length > 0 || file.recognition !== null,
    Body: ClassesTab,
  },
  { key: 'duties', label: '任务', shows: (file) => file.duties.length > 0, Body: DutiesTab },
  { key: 'family', label: '家人', shows: (file) => file.contacts !== null || file.household !== null, Body: FamilyTab },
]

/** The file of one student: who, why I may see it, the story, and what to do now. Parts not answered are not shown. */
export const StudentPage = () => {
  const params = useAddress<'schoolId' | 'studentId'>()
  const file = useAnswer(getStudent, { params })
  const crumbs = [{ label: '学生', to: '/students' }]
  if (!file.data) {
    return (
      <Page title="学生档案" breadcrumb={crumbs}>
        <Panel>
          {file.error ? <ErrorNote error={file.error} retry={() => void file.refetch()} /> : <Loading rows={8} />}
        </Panel>
      </Page>
    )
  }
  return <Opened file={file.data} stale={file.error !== null} crumbs={crumbs} key={params.studentId} />
}

interface OpenedProps {
  readonly file: StudentFile
  readonly stale: boolean
  readonly crumbs: readonly { label: string; to: string }[]
}

const Opened = ({ file, stale, crumbs }: OpenedProps) => {
  const { tabs, RecordButton } = useFileSlots()
  const phone = useIsPhone()
  const go = useGo()
  const [open, setOpen] = useState('timeline')
  const { student } = file
  const shown = [...ownTabs, ...tabs].filter((tab) => tab.shows(file))
  const current = shown.find(({ key }) => key === open) ?? story
  const picked = [{ schoolId: student.schoolId, id: student.id, name: student.name, className: student.className }]
  const mayRecord = file.may.includes('records.add-record')
  return (
    <Page
      title={student.name}
      tabTitle="学生档案"
      breadcrumb={crumbs}
      actions={
        mayRecord ? (
          <>
            <Button onClick={() => go('/flows/new', { schoolId: student.schoolId, studentId: student.id })}>
              发起事项
            </Button>
            <RecordButton students={picked} primary />
          </>
        ) : null
      }
    >
      {stale ? (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="刚才没有取到最新内容,下面是上一次看到的。" />
      ) : null}
      {isAtSchool(student.status) ? null : (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title={isOnLeave(student.status) ? '这名学生正在休学。' : '这名学生已不在本校就读,档案只供查阅。'}
          action={
            isOnLeave(student.status) && mayRecord ? (
              <Button
                type="primary"
                onClick={() =>
                  go('/flows/new/standing', { schoolId: student.schoolId, studentId: student.id, change: '2' })
                }
              >
                办复学
              </Button>
            ) : null
          }
        />
      )}
      <FileHeader file={file} />
      <div className="beside">
        <div style={phone ? { order: 2 } : undefined}>
          <Panel>
            <TabStrip label="档案的各部分" tabs={shown} active={current.key} onChange={setOpen}>
              <current.Body file={file} />
            </TabStrip>
          </Panel>
        </div>
        <NowPanel file={file} students={picked} />
      </div>
    </Page>
  )
}
