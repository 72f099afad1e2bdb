import type { CoverageFigure } from './share.ts'
import { numberText, shareOf } from './share.ts'

export interface SplitRow extends CoverageFigure {
  readonly label: string
}

export const splitTitles = { stage: '按学段', urban: '按城乡', class: '按对象类别' } as const

export interface SplitColours {
  readonly done: string
  readonly rest: string
  readonly text: string
  readonly line: string
  readonly font: string
  readonly size: number
}

/**
 * One horizontal bar a group: done, then the rest up to all, so that length compares size and fill compares progress.
 * Groups stand in the order the answer gives them, first on top.
 */
export const splitsOption = (rows: readonly SplitRow[], colours: SplitColours) => ({
  aria: { enabled: true, decal: { show: true } },
  animation: false,
  textStyle: { color: colours.text, fontFamily: colours.font, fontSize: colours.size },
  grid: { left: 8, right: 72, top: 32, bottom: 8, containLabel: true },
  legend: { top: 0, left: 0, itemWidth: 16, textStyle: { color: colours.text } },
  tooltip: { trigger: 'axis' as const, axisPointer: { type: 'shadow' as const } },
  xAxis: {
    type: 'value' as const,
    minInterval: 1,
    axisLabel: { color: colours.text },
    splitLine: { lineStyle: { color: colours.line } },
  },
  yAxis: {
    type: 'category' as const,
    inverse: true,
    data: rows.map((row) => row.label),
    axisTick: { show: false },
    axisLabel: { color: colours.text, width: 96, overflow: 'truncate' as const },
    axisLine: { lineStyle: { color: colours.line } },
  },
  series: [
    {
      name: '已完成',
      type: 'bar' as const,
      stack: 'all',
      barMaxWidth: 24,
      itemStyle: { color: colours.done },
      data: rows.map((row) => row.met),
    },
    {
      name: '未完成',
      type: 'bar' as const,
      stack: 'all',
      barMaxWidth: 24,
      itemStyle: { color: colours.rest },
      data: rows.map((row) => shareOf(row).left),
      label: {
        show: true,
        position: 'right' as const,
        color: colours.text,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const row = rows[dataIndex]
          return row === undefined ? '' : shareOf(row).percent
        },
      },
    },
  ],
})

/** What the chart says, for those who do not see it. */
export const spokenSplits = (title: string, rows: readonly SplitRow[]): string =>
  `${title}:${rows.map((row) => `${row.label} ${numberText(row.met)}/${numberText(row.need)},${shareOf(row).percent}`).join(';')}`
