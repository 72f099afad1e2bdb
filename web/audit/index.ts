import type { ScreenRoute } from '#web/platform'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/audit',
    place: 'audit',
    entry: true,
    screen: () => import('./audit-page.tsx').then((part) => part.AuditPage),
  },
]
