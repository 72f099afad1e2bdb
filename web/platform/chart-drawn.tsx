import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useReading } from './reading.tsx'
import { palette } from './tokens.ts'

use([
  BarChart,
  LineChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  DatasetComponent,
  AriaComponent,
  SVGRenderer,
])

export interface ChartProps {
  readonly option: EChartsCoreOption
  readonly label: string
  readonly height?: number
}

export const ChartDrawn = ({ option, label, height = 280 }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null)
  const { bodySize } = useReading()
  useEffect(() => {
    if (!place.current) return undefined
    const chart = init(place.current, undefined, { renderer: 'svg' })
    chart.setOption({
      color: [palette.primary, palette.good, palette.heed, palette.quiet],
      textStyle: { fontSize: bodySize - 1, color: palette.ink },
      animationDuration: 200,
      aria: { enabled: true },
      ...option,
    })
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(place.current)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [option, bodySize])
  return <div ref={place} role="img" aria-label={label} style={{ height }} />
}
