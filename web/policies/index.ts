import type { ScreenRoute } from '#web/platform'

export { asOfTab } from './as-of-tab.tsx'

const policies = () => import('./policies-page.tsx').then((part) => part.PoliciesPage)
const adoptions = () => import('./adoptions-page.tsx').then((part) => part.AdoptionsPage)
const preview = () => import('./preview-page.tsx').then((part) => part.PreviewPage)
const compare = () => import('./compare-page.tsx').then((part) => part.ComparePage)
const unknown = () => import('./unknown-page.tsx').then((part) => part.UnknownPage)
const calendar = () => import('./calendar-page.tsx').then((part) => part.CalendarPage)
const write = () => import('./write-page.tsx').then((part) => part.WritePage)

export const routes: readonly ScreenRoute[] = [
  { path: '/policies', place: 'policies', entry: true, screen: policies },
  { path: '/policies/$unitId', place: 'policies', screen: policies },
  { path: '/policies/$unitId/adoptions', place: 'policies', screen: adoptions },
  { path: '/policies/$unitId/preview', place: 'policies', screen: preview },
  { path: '/policies/$unitId/compare', place: 'policies', screen: compare },
  { path: '/policies/$unitId/unknown', place: 'policies', screen: unknown },
  { path: '/policies/$unitId/calendar', place: 'policies', screen: calendar },
  { path: '/policies/$unitId/write', place: 'policies', screen: write },
]
