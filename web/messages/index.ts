import type { ScreenRoute } from '#web/platform'

export { quietHoursTab } from './quiet-hours-tab.tsx'
export { useUnread } from './unread.ts'
export { WriteToFamily } from './write-to-family.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/messages',
    place: 'desk',
    screen: () => import('./messages-page.tsx').then((part) => part.MessagesPage),
  },
  {
    path: '/messages/slips/$unitId',
    place: 'students',
    screen: () => import('./slips-page.tsx').then((part) => part.SlipsPage),
  },
]
