import type { ScreenRoute } from '#web/platform'

export { DeskSlotsProvider } from './desk-slots.tsx'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/',
    place: 'desk',
    entry: true,
    screen: () => import('./desk-page.tsx').then((part) => part.DeskPage),
  },
  {
    path: '/due/$rule',
    place: 'desk',
    screen: () => import('./due-page.tsx').then((part) => part.DuePage),
  },
]
