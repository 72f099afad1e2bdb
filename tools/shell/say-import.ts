import type { ImportReport } from '#contract/imports'
import type { UnsureColumns } from '#server/imports'

/** What a run of the import says: the result on standard output, what a person should look at beside it. */

const countsOf = ({ rows, new: fresh, changed, unchanged, matched, doubtful, unmatched }: ImportReport) => ({
  rows,
  new: fresh,
  changed,
  unchanged,
  matched,
  doubtful,
  unmatched,
})

/** The report of a file in lines a person reads. */
export const reportText = (report: ImportReport, dry: boolean): string => {
  const { file, kind, refused } = report
  const { rows, new: fresh, changed, unchanged, matched, doubtful, unmatched } = countsOf(report)
  const lines = [
    `${file}(${kind})${dry ? ' 只核对' : ''}:共 ${rows} 行,新增 ${fresh},变更 ${changed},不变 ${unchanged},匹配 ${matched},存疑 ${doubtful},未匹配 ${unmatched},问题 ${refused.length} 处`,
    ...refused.map(
      ({ row, column, value, reason }) => `  第 ${row} 行 ${column}${value ? `“${value}”` : ''}:${reason}`,
    ),
  ]
  return lines.join('\n')
}

/** The report of a file as one line of JSON, always with the same keys. */
export const reportJson = (report: ImportReport): string => {
  const { file, kind } = report
  const { rows, new: fresh, changed, unchanged, matched, doubtful, unmatched } = countsOf(report)
  const refused = report.refused.map(({ row, column, value, reason }) => ({ row, column, value, reason }))
  return JSON.stringify({ file, kind, rows, new: fresh, changed, unchanged, refused, matched, doubtful, unmatched })
}

const sheetWord = (sheet: string): string => (sheet === '' ? '' : ` 工作表“${sheet}”`)

const place = ({ letter, heading }: { readonly letter: string; readonly heading: string }): string =>
  `${letter === '' ? '' : `${letter} 列`}“${heading}”`

/** Lines that say which columns of a file are not surely understood and which are not read; none when all are clear. */
export const columnLines = (file: string, { sheet, unsure, unread, missing }: UnsureColumns): string[] => {
  const where = `${file}${sheetWord(sheet)}`
  const lines = unsure.map((column) => `${where} ${place(column)}当作“${column.takenFor}”,拿不准,请核对。`)
  if (unread.length > 0) lines.push(`${where} 没有读的列:${unread.map(place).join('、')}。`)
  if (unsure.length > 0 || (missing.length > 0 && unread.length > 0))
    lines.push(`${file} 认错的列请加 --column "列名=含义" 再交一次,不要读的列写“列名=不导入”。`)
  return lines
}

/** Lines that name the sheets of a file that were not read, and what was not read of others. */
export const sheetLines = ({ file, passedSheets = [], differingSheets = [] }: ImportReport): string[] => [
  ...passedSheets.map((sheet) => `${file} 工作表“${sheet}”的列与名单不同,没有读。`),
  ...differingSheets.flatMap(({ sheet, unread, lacking }) => [
    ...(unread.length > 0 ? [`${file} 工作表“${sheet}” 没有读的列:${unread.map(place).join('、')}。`] : []),
    ...lacking.map((heading) => `${file} 工作表“${sheet}” 没有“${heading}”这一列,这一项当作没有填。`),
  ]),
]
