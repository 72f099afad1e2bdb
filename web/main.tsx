import { Outlet, RouterProvider } from '@tanstack/react-router'
import { App } from 'antd'
import { type ReactNode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { routes as audit } from '#web/audit'
import { CoverageGlance, routes as counts } from '#web/counts'
import { DeskSlotsProvider, routes as duties } from '#web/duties'
import { routes as imports } from '#web/imports'
import { careTab } from '#web/mentoring'
import { ChangePasswordDialog, routes as people, SessionGate, SessionLostDialog, signOut } from '#web/people'
import { Look, layPalette, routerOver, type ScreenRoute, Shell, sentenceOf } from '#web/platform'
import { routes as policies } from '#web/policies'
import { Decisions, routes as recognition } from '#web/recognition'
import { growthTab, OutboxStatus, RecordButton, RecordView, routes as records, usePapersLeft } from '#web/records'
import { type FileSlots, FileSlotsProvider, routes as students } from '#web/students'

/** All screens, each capability's own. */
const routes: readonly ScreenRoute[] = [
  ...duties,
  ...students,
  ...records,
  ...recognition,
  ...counts,
  ...policies,
  ...imports,
  ...people,
  ...audit,
]

/** What later capabilities put into a student's file. */
const slots: FileSlots = { tabs: [careTab, growthTab], Decisions, RecordView, RecordButton }

const deskSlots = { Glance: CoverageGlance }

const Frame = (): ReactNode => {
  const { message, modal } = App.useApp()
  const left = usePapersLeft()
  const [changing, setChanging] = useState(false)
  const leave = (): void => {
    signOut().catch((error: unknown) => void message.warning(`${sentenceOf(error)}还没有退出。`))
  }
  const leaveWithPapers = (): void => {
    modal.confirm({
      title: `本机还有 ${left} 条记录没有发出`,
      content: '退出后它们留在这台设备上,您下次登录后接着写、接着发。如果这是公用设备,请先发出或删除。',
      okText: '仍然退出',
      cancelText: '先不退出',
      onOk: leave,
    })
  }
  return (
    <Shell
      routes={routes}
      onSignOut={left > 0 ? leaveWithPapers : leave}
      onChangePassword={() => setChanging(true)}
      waiting={<OutboxStatus />}
    >
      <Outlet />
      <ChangePasswordDialog open={changing} onClose={() => setChanging(false)} />
    </Shell>
  )
}

const router = routerOver(routes, Frame)

layPalette(document.documentElement)
const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <Look>
      <SessionGate>
        <FileSlotsProvider slots={slots}>
          <DeskSlotsProvider slots={deskSlots}>
            <RouterProvider router={router} />
          </DeskSlotsProvider>
        </FileSlotsProvider>
      </SessionGate>
      <SessionLostDialog />
    </Look>,
  )
}
