/** What an announcement may say of one person, and nothing else: allow-list of 教财厅函〔2017〕28号 as handed down. */
export interface AnnouncedLine {
  /** Opaque number for objections. */
  readonly line: string
  readonly name: string
  readonly className: string
  readonly gradeName: string | null
  readonly collegeName: string | null
  readonly schoolName: string
  /** Neutral name of the level. */
  readonly level: string
}

/** On the announcement a level is told by its rank alone. */
export const announcedLevels: Readonly<Record<number, string>> = { 1: '第一档', 21: '第二档', 22: '第三档' }

/** A row as it is read; only what the allow-list names leaves. */
export type AnnouncedRow = Omit<AnnouncedLine, 'level'> & { readonly level: number; readonly number: string | null }

/** Projects rows to what may be announced; of two people with one name and class the end of the number tells them apart. [S10] */
export const announcedLines = (rows: readonly AnnouncedRow[]): AnnouncedLine[] => {
  const same = Map.groupBy(rows, ({ name, className }) => `${name} ${className}`)
  return rows.map(({ line, name, className, gradeName, collegeName, schoolName, level, number }) => {
    const isTwice = (same.get(`${name} ${className}`) ?? []).length > 1
    const shown = isTwice && number ? `${name}(${number.slice(-3)})` : name
    return { line, name: shown, className, gradeName, collegeName, schoolName, level: announcedLevels[level] ?? '' }
  })
}
