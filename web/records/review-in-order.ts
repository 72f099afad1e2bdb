/** How far a row of reviews is. */
export interface ReviewProgress {
  readonly total: number
  readonly reviewed: number
  /** Those the server would not take, each with its sentence. */
  readonly refused: readonly { readonly who: string; readonly sentence: string }[]
  /** Why the rest was left as it was; null when all were tried. */
  readonly stopped: string | null
}

interface Work<Row> {
  readonly rows: readonly Row[]
  readonly review: (row: Row) => Promise<unknown>
  readonly who: (row: Row) => string
  /** The sentence of a refusal of this one record; undefined for a failure that would meet the next one too. */
  readonly refusalOf: (error: unknown) => string | undefined
  readonly failureOf: (error: unknown) => string
  readonly isStopped: () => boolean
  readonly onProgress: (progress: ReviewProgress) => void
}

/** Nothing tried yet. */
export const untried = (total: number): ReviewProgress => ({ total, reviewed: 0, refused: [], stopped: null })

/** Reviews one record after the other. A refused one is noted and the next is tried; any other failure ends it. */
export const reviewInOrder = async <Row>(work: Work<Row>): Promise<ReviewProgress> => {
  let progress = untried(work.rows.length)
  for (const row of work.rows) {
    if (work.isStopped()) return { ...progress, stopped: '已停下,其余的没有动。' }
    progress = await reviewOne(work, row, progress)
    if (progress.stopped !== null) return progress
    work.onProgress(progress)
  }
  return progress
}

const reviewOne = async <Row>(work: Work<Row>, row: Row, before: ReviewProgress): Promise<ReviewProgress> => {
  try {
    await work.review(row)
    return { ...before, reviewed: before.reviewed + 1 }
  } catch (error) {
    const sentence = work.refusalOf(error)
    if (sentence === undefined) return { ...before, stopped: work.failureOf(error) }
    return { ...before, refused: [...before.refused, { who: work.who(row), sentence }] }
  }
}

/** What became of it, in one sentence. */
export const outcomeWords = ({ total, reviewed, refused, stopped }: ReviewProgress): string => {
  if (reviewed === total) return `${total} 条都已审核。`
  const left = total - reviewed - refused.length
  return [
    `已审核 ${reviewed} 条`,
    refused.length > 0 ? `${refused.length} 条没有通过办理` : '',
    left > 0 ? `${left} 条没有动` : '',
  ]
    .filter(Boolean)
    .join(',')
    .concat('。', stopped ?? '')
}
