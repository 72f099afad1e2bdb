import { createRootRoute, createRoute, createRouter, type RouterHistory } from '@tanstack/react-router'
import { NotHere } from './not-here.tsx'
import { ErrorNote } from './notes.tsx'
import type { PlaceId } from './places.tsx'
import { type Drawn, type Load, screenFrom } from './screen-loader.tsx'

/**
 * One screen of a capability. A capability exports `routes: readonly ScreenRoute[]`; `web/main.tsx` collects them.
 * `path` is in router form: `/students/$schoolId/$studentId`. The `entry` screen of a place opens from the navigation.
 * `screen` is loaded when first opened: `() => import('./desk-page.tsx').then((part) => part.DeskPage)`.
 */
export interface ScreenRoute {
  readonly path: `/${string}`
  readonly place: PlaceId
  readonly entry?: boolean
  readonly screen: Load
  /** Fetched ahead, because it is needed where there is no network. */
  readonly ahead?: boolean
}

/** The router over all collected screens; `Frame` is drawn around each and renders its `<Outlet />`. */
export const routerOver = (routes: readonly ScreenRoute[], Frame: Drawn, history?: RouterHistory) => {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotHere })
  for (const { ahead, screen } of routes) if (ahead) setTimeout(() => void screen().catch(() => undefined), 1_500)
  const screens = routes.map((route) =>
    createRoute({
      getParentRoute: () => root,
      path: route.path,
      component: screenFrom(route.screen),
    }),
  )
  return createRouter({
    routeTree: root.addChildren(screens),
    ...(history ? { history } : {}),
    defaultErrorComponent: ({ error, reset }) => <ErrorNote error={error} retry={reset} />,
    // Members of an address are plain texts, as people read and type them.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (members) => {
      const texts = new URLSearchParams(members as Record<string, string>).toString()
      return texts === '' ? '' : `?${texts}`
    },
    scrollRestoration: true,
  })
}
