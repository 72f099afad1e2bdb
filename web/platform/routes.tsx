import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Loading } from './loading.tsx'
import { NotHere } from './not-here.tsx'
import { ErrorNote } from './notes.tsx'
import type { PlaceId } from './places.tsx'

type Drawn = () => ReactNode

/**
 * One screen of a capability. A capability exports `routes: readonly ScreenRoute[]`; `web/main.tsx` collects them.
 * `path` is in router form: `/students/$schoolId/$studentId`. The `entry` screen of a place opens from the navigation.
 * `screen` is loaded when first opened: `() => import('./desk-page.tsx').then((part) => part.DeskPage)`.
 */
export interface ScreenRoute {
  readonly path: `/${string}`
  readonly place: PlaceId
  readonly entry?: boolean
  readonly screen: () => Promise<Drawn>
}

/** The router over all collected screens; `Frame` is drawn around each and renders its `<Outlet />`. */
export const routerOver = (routes: readonly ScreenRoute[], Frame: Drawn, history?: RouterHistory) => {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotHere })
  const screens = routes.map((route) =>
    createRoute({
      getParentRoute: () => root,
      path: route.path,
      component: lazyRouteComponent(() => route.screen().then((screen) => ({ default: screen }))),
    }),
  )
  return createRouter({
    routeTree: root.addChildren(screens),
    ...(history ? { history } : {}),
    defaultPendingComponent: () => <Loading rows={8} />,
    defaultPendingMs: 80,
    defaultErrorComponent: ({ error, reset }) => <ErrorNote error={error} retry={reset} />,
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}
