/** Bounds on what a sheet from outside may cost. Every one is checked before the memory is spent. */
export interface SpreadsheetLimits {
  /** Bytes of the file as sent. */
  readonly fileBytes: number
  /** Parts of the archive. */
  readonly entries: number
  /** Bytes of all parts unpacked, as declared; a part that unpacks to more than it declares is refused on the way. */
  readonly unpackedBytes: number
  /** Unpacked bytes per packed byte, judged above 50 MB: office files stay below 100. */
  readonly ratio: number
  readonly rows: number
  readonly columns: number
  readonly cellCharacters: number
  readonly sharedStrings: number
  /** Bytes of one row's XML or one CSV record. */
  readonly rowBytes: number
  readonly merges: number
  /** Bytes of an old .xls file, which can only be read whole. */
  readonly oldFileBytes: number
}

export const defaultLimits: SpreadsheetLimits = {
  fileBytes: 100 * 2 ** 20,
  entries: 5_000,
  unpackedBytes: 800 * 2 ** 20,
  ratio: 250,
  rows: 1_000_000,
  columns: 500,
  cellCharacters: 10_000,
  sharedStrings: 5_000_000,
  rowBytes: 4 * 2 ** 20,
  merges: 50_000,
  oldFileBytes: 20 * 2 ** 20,
}
