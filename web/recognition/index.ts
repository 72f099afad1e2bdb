import type { ScreenRoute } from '#web/platform'

export { Decisions } from './decisions.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/flows/proposals',
    place: 'flows',
    screen: () => import('./flows-page.tsx').then((part) => part.FlowsPage),
  },
]
