import type { ScreenRoute } from '#web/platform'

const units = () => import('./units-page.tsx').then((part) => part.UnitsPage)

export const routes: readonly ScreenRoute[] = [
  { path: '/units', place: 'units', entry: true, screen: units },
  { path: '/units/$unitId', place: 'units', screen: units },
]
