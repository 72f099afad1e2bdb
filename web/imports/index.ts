import type { ScreenRoute } from '#web/platform'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/imports',
    place: 'imports',
    entry: true,
    screen: () => import('./imports-page.tsx').then((part) => part.ImportsPage),
  },
  {
    path: '/imports/$importId',
    place: 'imports',
    screen: () => import('./import-page.tsx').then((part) => part.ImportPage),
  },
  {
    path: '/imports/$importId/matches',
    place: 'imports',
    screen: () => import('./matches-page.tsx').then((part) => part.MatchesPage),
  },
]
