import type { ScreenRoute } from '#web/platform'

export { planTab } from './plan-tab.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/flows/watch',
    place: 'flows',
    screen: () => import('./watch-page.tsx').then((part) => part.WatchPage),
  },
  {
    path: '/flows/filings',
    place: 'flows',
    screen: () => import('./filings-page.tsx').then((part) => part.FilingsPage),
  },
  {
    path: '/flows/screenings',
    place: 'flows',
    screen: () => import('./screenings-page.tsx').then((part) => part.ScreeningsPage),
  },
  {
    path: '/flows/screenings/$unitId/$roundId/$classId',
    place: 'flows',
    screen: () => import('./answer-page.tsx').then((part) => part.AnswerPage),
  },
]
