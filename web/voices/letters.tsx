import { lazy, Suspense } from 'react'
import { Loading } from '#web/platform'

const LetterPage = lazy(() => import('./letter-page.tsx').then((part) => ({ default: part.LetterPage })))

/** Letters are written without signing in: nothing of a session is asked for on their page. */
export const Letters = () => (
  <Suspense fallback={<Loading rows={6} />}>
    <LetterPage />
  </Suspense>
)
