import { Outlet, RouterProvider } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { routes as audit } from '#web/audit'
import { routes as care, planTab } from '#web/care'
import { CoverageGlance, routes as counts } from '#web/counts'
import { DeskSlotsProvider, routes as duties } from '#web/duties'
import { FamilyGate, routes as family } from '#web/family'
import { type CaseSlots, CaseSlotsProvider, routes as flows } from '#web/flows'
import { routes as imports } from '#web/imports'
import { careTab } from '#web/mentoring'
import { routes as messages, quietHoursTab, useUnread, WriteToFamily } from '#web/messages'
import {
  ChangePasswordDialog,
  routes as people,
  SessionGate,
  SessionLostDialog,
  signOut,
  UnitTabsProvider,
} from '#web/people'
import { Look, layPalette, routerOver, type ScreenRoute, Shell, sentenceOf, useMe } from '#web/platform'
import { asOfTab, routes as policies } from '#web/policies'
import { Decisions, ObjectionPart, RoundPart, routes as recognition } from '#web/recognition'
import {
  forgetPerson,
  growthTab,
  OutboxStatus,
  RecordButton,
  RecordView,
  routes as records,
  usePapersLeft,
} from '#web/records'
import { DepartmentInput } from '#web/referrals'
import { promotionTab, TransferPart } from '#web/schooling'
import { type FileSlots, FileSlotsProvider, routes as students } from '#web/students'
import { Letters, letterPath, ReportPart, routes as voices, WhichSchool } from '#web/voices'

/** All screens, each capability's own. */
const routes: readonly ScreenRoute[] = [
  ...duties,
  ...students,
  ...records,
  ...flows,
  ...recognition,
  ...care,
  ...voices,
  ...counts,
  ...policies,
  ...imports,
  ...people,
  ...audit,
  ...messages,
  ...family,
]

/** What later capabilities put into a student's file. */
const slots: FileSlots = {
  tabs: [careTab, planTab, growthTab, asOfTab],
  Decisions,
  RecordView,
  RecordButton,
  WriteToFamily,
}

/** What procedures put into the place of all of them. */
const caseSlots: CaseSlots = {
  lists: [
    {
      group: '认定',
      links: [
        { label: '学年申请', to: '/flows/rounds', may: 'recognition.get-progress' },
        { label: '评议', to: '/flows/panels' },
        { label: '名单确认', to: '/flows/proposals', may: 'recognition.list-candidates' },
        { label: '备案', to: '/flows/filings', may: 'care.list-filings' },
      ],
    },
    {
      group: '平时',
      links: [
        { label: '摸排', to: '/flows/screenings', may: 'care.see-roster' },
        { label: '值守', to: '/flows/watch', may: 'care.see-roster' },
      ],
    },
  ],
  parts: {
    'recognition-round': RoundPart,
    'recognition-objection': ObjectionPart,
    transfer: TransferPart,
    'mandatory-report': ReportPart,
  },
  schools: { 'emergency-aid': WhichSchool },
  inputs: { 'hand-over.department': DepartmentInput },
}

const unitTabs = [promotionTab, quietHoursTab]

const deskSlots = { Glance: CoverageGlance }

const Frame = (): ReactNode => {
  const { message, modal } = App.useApp()
  const { personId } = useMe()
  const left = usePapersLeft()
  const [changing, setChanging] = useState(false)
  const unread = useUnread()
  const leave = async (keep: boolean): Promise<void> => {
    if (!keep) await forgetPerson(personId)
    await signOut().catch((error: unknown) => void message.warning(`${sentenceOf(error)}还没有退出。`))
  }
  const leaveWithPapers = (): void => {
    const asked = modal.confirm({
      title: `本机还有 ${left} 条记录没有发出`,
      content: '自己的设备可以保留,下次登录后接着写、接着发;公用设备请先发出,或者删除后退出。',
      okText: '保留在本机并退出',
      cancelText: '先不退出',
      onOk: () => leave(true),
      footer: (_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button
            danger
            onClick={() => {
              asked.destroy()
              void leave(false)
            }}
          >
            删除并退出
          </Button>
          <OkBtn />
        </>
      ),
    })
  }
  return (
    <Shell
      routes={routes}
      onSignOut={left > 0 ? leaveWithPapers : () => void leave(false)}
      onChangePassword={() => setChanging(true)}
      messages={{ to: '/messages', unread }}
      waiting={<OutboxStatus />}
    >
      <FamilyGate>
        <Outlet />
      </FamilyGate>
      <ChangePasswordDialog open={changing} onClose={() => setChanging(false)} />
    </Shell>
  )
}

const router = routerOver(routes, Frame)

layPalette(document.documentElement)
const place = document.getElementById('root')
if (place && window.location.pathname === letterPath) {
  createRoot(place).render(
    <Look>
      <Letters />
    </Look>,
  )
} else if (place) {
  createRoot(place).render(
    <Look>
      <SessionGate>
        <FileSlotsProvider slots={slots}>
          <DeskSlotsProvider slots={deskSlots}>
            <CaseSlotsProvider slots={caseSlots}>
              <UnitTabsProvider tabs={unitTabs}>
                <RouterProvider router={router} />
              </UnitTabsProvider>
            </CaseSlotsProvider>
          </DeskSlotsProvider>
        </FileSlotsProvider>
      </SessionGate>
      <SessionLostDialog />
    </Look>,
  )
}
