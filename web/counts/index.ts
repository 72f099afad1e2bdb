import type { ScreenRoute } from '#web/platform'

export { CoverageGlance } from './coverage-glance.tsx'

const coverage = () => import('./coverage-page.tsx').then((part) => part.CoveragePage)

export const routes: readonly ScreenRoute[] = [
  { path: '/coverage', place: 'counts', entry: true, screen: coverage },
  { path: '/coverage/$unitId', place: 'counts', screen: coverage },
  {
    path: '/coverage/$unitId/kept/$freezeId',
    place: 'counts',
    screen: () => import('./kept-page.tsx').then((part) => part.KeptPage),
  },
  {
    path: '/coverage/$unitId/kept/$freezeId/$number',
    place: 'counts',
    screen: () => import('./kept-names-page.tsx').then((part) => part.KeptNamesPage),
  },
  {
    path: '/coverage/$unitId/$number',
    place: 'counts',
    screen: () => import('./one-coverage-page.tsx').then((part) => part.OneCoveragePage),
  },
]
