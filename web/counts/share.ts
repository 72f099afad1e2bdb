import { percentage } from '#contract/counts'

/** How many should be covered, how many are, how many of those were reviewed (null where nothing is reviewed). */
export interface CoverageFigure {
  readonly need: number
  readonly met: number
  readonly reviewed: number | null
}

export interface Share {
  /** "87.3%", or "—" when there is nobody to cover. */
  readonly percent: string
  /** Between 0 and 1; null when there is nobody to cover, so that no bar is drawn. */
  readonly ratio: number | null
  readonly left: number
}

/** A figure as it is shown: nobody to cover is "—" and never 100 %. [C12] */
export const shareOf = ({ need, met }: CoverageFigure): Share => ({
  // As the bars of every other table write it: no decimal where it says nothing.
  percent: percentage(met, need).replace('.0%', '%'),
  ratio: need > 0 ? Math.min(1, Math.max(0, met / need)) : null,
  left: Math.max(0, need - met),
})

export const numberText = (value: number): string => value.toLocaleString('zh-CN')

/**
 * The sentence that stands beside the percentage. The pack's sentence carries `{n}` for the number still missing;
 * a sentence without it is already whole. Nobody missing and nobody to cover have words of their own.
 */
export const sentenceFor = (sentence: string, figure: CoverageFigure | undefined): string => {
  if (figure === undefined) return '不在您的查看范围内'
  if (figure.need === 0) return '目前没有应覆盖的对象'
  const { left } = shareOf(figure)
  if (left === 0) return '已全部覆盖'
  return sentence.includes('{n}')
    ? sentence.replaceAll('{n}', numberText(left))
    : sentence || `还有 ${numberText(left)} 未完成`
}

/** What a screen reader says for one bar. */
export const spokenFigure = (label: string, figure: CoverageFigure): string => {
  const { percent, left } = shareOf(figure)
  if (figure.need === 0) return `${label}:没有应覆盖的对象`
  return `${label}:应有 ${figure.need},已有 ${figure.met},${percent},还差 ${left}`
}

/** "其中已审 80", shown apart from what was done so that slow review never reads as not visited. [C9] */
export const reviewedText = (figure: CoverageFigure): string | undefined =>
  figure.reviewed === null ? undefined : `其中已审 ${numberText(figure.reviewed)}`
