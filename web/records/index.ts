import type { ScreenRoute } from '#web/platform'

export { forgetPerson } from './device-store.ts'
export { FieldInput } from './field-input.tsx'
export { growthTab } from './growth-tab.tsx'
export { HomeFindings } from './home-findings.tsx'
export { OutboxStatus, usePapersLeft } from './outbox-status.tsx'
export type { FieldValue } from './paper.ts'
export { RecordButton } from './record-button.tsx'
export { useRecordKinds } from './record-kinds.ts'
export { RecordView } from './record-view.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/visits',
    place: 'visits',
    entry: true,
    screen: () => import('./visits-page.tsx').then((part) => part.VisitsPage),
  },
  {
    path: '/records/new',
    place: 'students',
    ahead: true,
    screen: () => import('./record-page.tsx').then((part) => part.RecordPage),
  },
  {
    path: '/records/here',
    place: 'desk',
    ahead: true,
    screen: () => import('./papers-page.tsx').then((part) => part.PapersPage),
  },
]
