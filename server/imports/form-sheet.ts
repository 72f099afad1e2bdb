/** A sheet of a workbook: whether it has the form a mapping was made for, and the row its headings end on. */
export interface FormSheet {
  readonly sheet: string
  readonly headingEnd: number
  /** Row the headings begin on. */
  readonly headingStart?: number
  /** It is another form and was not read. */
  readonly passed?: true
}
