import { lazy, Suspense } from 'react'
import type { ChartProps } from './chart-drawn.tsx'
import { Loading } from './loading.tsx'

const Drawn = lazy(() => import('./chart-drawn.tsx').then((part) => ({ default: part.ChartDrawn })))

/** A chart by its ECharts option. Its library is fetched when the first chart is shown. `label` says it to screen readers. */
export const EChart = (props: ChartProps) => (
  <Suspense fallback={<Loading rows={4} />}>
    <Drawn {...props} />
  </Suspense>
)
