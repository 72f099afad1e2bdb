import type { ScreenRoute } from '#web/platform'

export { Decisions } from './decisions.tsx'
export { ObjectionPart } from './objection-part.tsx'
export { RoundPart } from './round-part.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/flows/proposals',
    place: 'flows',
    screen: () => import('./flows-page.tsx').then((part) => part.FlowsPage),
  },
  {
    path: '/flows/new/recognition-round',
    place: 'flows',
    screen: () => import('./begin-page.tsx').then((part) => part.BeginPage),
  },
  {
    path: '/apply/$schoolId/$caseId',
    place: 'flows',
    screen: () => import('./apply-page.tsx').then((part) => part.ApplyPage),
  },
  {
    path: '/apply/$schoolId/$caseId/sheet',
    place: 'flows',
    screen: () => import('./sheet-page.tsx').then((part) => part.SheetPage),
  },
  {
    path: '/flows/rounds',
    place: 'flows',
    screen: () => import('./rounds-page.tsx').then((part) => part.RoundsPage),
  },
  {
    path: '/flows/panels',
    place: 'flows',
    screen: () => import('./panels-page.tsx').then((part) => part.PanelsPage),
  },
  {
    path: '/flows/panels/$panelId',
    place: 'flows',
    screen: () => import('./panel-page.tsx').then((part) => part.PanelPage),
  },
  {
    path: '/announcement/$schoolId',
    place: 'flows',
    screen: () => import('./announcement-page.tsx').then((part) => part.AnnouncementPage),
  },
]
