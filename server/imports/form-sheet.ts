/** A sheet of a workbook: whether it has the form a mapping was made for, and the row its headings end on. */
export interface FormSheet {
  readonly sheet: string
  readonly headingEnd: number
  /** Row the headings begin on. */
  readonly headingStart?: number
  /** It is another form and was not read. */
  readonly passed?: true
  /** Columns that the first sheet does not have, with the letter a spreadsheet shows over them; they are not read. */
  readonly unread?: readonly { readonly letter: string; readonly heading: string }[]
  /** Headings of the first sheet that this one lacks; its rows say nothing there. */
  readonly lacking?: readonly string[]
}
