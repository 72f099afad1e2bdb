import type { ScreenRoute } from '#web/platform'

export { FamilyGate } from './family-gate.tsx'

export const routes: readonly ScreenRoute[] = [
  { path: '/my', place: 'my', entry: true, screen: () => import('./my-page.tsx').then((part) => part.MyPage) },
  {
    path: '/my/records/$schoolId/$studentId',
    place: 'my',
    screen: () => import('./records-page.tsx').then((part) => part.RecordsPage),
  },
]
