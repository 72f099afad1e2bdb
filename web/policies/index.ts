import type { ScreenRoute } from '#web/platform'

const policies = () => import('./policies-page.tsx').then((part) => part.PoliciesPage)

export const routes: readonly ScreenRoute[] = [
  { path: '/policies', place: 'policies', entry: true, screen: policies },
  { path: '/policies/$unitId', place: 'policies', screen: policies },
]
