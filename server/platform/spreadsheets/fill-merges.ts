import type { Merge } from './survey-sheet.ts'

/**
 * Copies the value of a merged cell into all the cells it covers, row by row as they come: a class name merged over its
 * students stands in each of them. Answers a function to call with each row in order.
 */
export function mergeFiller(merges: readonly Merge[], columns: number): (row: number, cells: string[]) => void {
  let next = 0
  let open: { merge: Merge; text: string }[] = []
  return (row, cells) => {
    for (let merge = merges[next]; merge && merge.top <= row; merge = merges[++next]) {
      if (merge.bottom < row || merge.left >= columns) continue
      const text = merge.top === row ? (cells[merge.left] ?? '') : ''
      if (text !== '') open.push({ merge, text })
    }
    if (open.length === 0) return
    open = open.filter(({ merge }) => merge.bottom >= row)
    for (const { merge, text } of open) {
      const right = Math.min(merge.right, columns - 1)
      while (cells.length <= right) cells.push('')
      for (let c = merge.left; c <= right; c++) if (cells[c] === '') cells[c] = text
    }
  }
}
