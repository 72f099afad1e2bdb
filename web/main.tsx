import { Outlet, RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { SessionGate, SessionLostDialog, signOut } from '#web/people'
import { Look, layPalette, routerOver, type ScreenRoute, Shell } from '#web/platform'

const routes: readonly ScreenRoute[] = []

const Frame = () => (
  <Shell routes={routes} onSignOut={() => void signOut()}>
    <Outlet />
  </Shell>
)

const router = routerOver(routes, Frame)

layPalette(document.documentElement)
const place = document.getElementById('root')
if (place) {
  createRoot(place).render(
    <Look>
      <SessionGate>
        <RouterProvider router={router} />
      </SessionGate>
      <SessionLostDialog />
    </Look>,
  )
}
