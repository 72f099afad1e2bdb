/** A sheet that has the form a mapping was made for, with the row its headings end on. */
export interface FormSheet {
  readonly sheet: string
  readonly headingEnd: number
}
