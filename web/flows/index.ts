import type { ScreenRoute } from '#web/platform'

export { type CaseSlots, CaseSlotsProvider, type OwnInputProps, type ShownCase } from './case-slots.tsx'
export { type AskedField, type FilledFields, FilledForm } from './filled-fields.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/flows',
    place: 'flows',
    entry: true,
    screen: () => import('./boxes-page.tsx').then((part) => part.BoxesPage),
  },
  {
    path: '/flows/delegations',
    place: 'flows',
    screen: () => import('./delegations-page.tsx').then((part) => part.DelegationsPage),
  },
  {
    path: '/flows/new',
    place: 'flows',
    screen: () => import('./openable-page.tsx').then((part) => part.OpenablePage),
  },
  {
    path: '/flows/new/$flow',
    place: 'flows',
    screen: () => import('./request-page.tsx').then((part) => part.RequestPage),
  },
  {
    path: '/flows/$schoolId/$caseId',
    place: 'flows',
    screen: () => import('./case-page.tsx').then((part) => part.CasePage),
  },
]
