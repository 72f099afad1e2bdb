import { open } from 'node:fs/promises'
import { detectKind, type SpreadsheetKind } from './detect-kind.ts'
import { defaultLimits, type SpreadsheetLimits } from './limits.ts'
import { openArchive } from './open-archive.ts'
import { readCsv } from './read-csv.ts'
import { readNumberFormats, readSharedStrings, readWorkbookParts } from './read-parts.ts'
import { readSheet, type SheetRows } from './read-sheet.ts'
import { readXls } from './read-xls.ts'
import { spreadsheetRefusal } from './refuse.ts'
import type { SpreadsheetRow, SpreadsheetSource } from './row.ts'
import { brokenXml } from './scan-xml.ts'

/** The bytes of a source, never more than the limit. */
async function loadBytes(source: SpreadsheetSource, limits: SpreadsheetLimits): Promise<Buffer> {
  const { content, name } = source
  if (typeof content !== 'string') {
    if (content.byteLength > limits.fileBytes) throw spreadsheetRefusal('imports.file-too-large', name)
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  }
  const file = await open(content, 'r')
  try {
    const { size } = await file.stat()
    if (size > limits.fileBytes) throw spreadsheetRefusal('imports.file-too-large', name)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

async function* readXlsx(
  data: Buffer,
  name: string,
  limits: SpreadsheetLimits,
  unmerged: readonly string[],
): AsyncGenerator<SheetRows> {
  const archive = await openArchive(data, name, limits)
  const parts = await readWorkbookParts(archive, name)
  const visible = parts.sheets.filter((sheet) => !sheet.hidden)
  if (visible.length === 0) throw spreadsheetRefusal('imports.no-visible-sheet', name)
  const context = {
    name,
    limits,
    unmerged,
    uses1904: parts.uses1904,
    formats: await readNumberFormats(archive, parts.stylesPath, name),
    texts: await readSharedStrings(archive, parts.sharedStringsPath, name, limits),
  }
  for (const sheet of visible) for await (const rows of readSheet(archive, sheet, context)) yield rows
}

/** XML that breaks off anywhere in a workbook is a damaged file, not a fault of ours. */
async function* wellFormed(sheets: AsyncGenerator<SheetRows>, name: string): AsyncGenerator<SheetRows> {
  try {
    for await (const rows of sheets) yield rows
  } catch (error) {
    if (error instanceof Error && error.message === brokenXml) throw spreadsheetRefusal('imports.truncated', name)
    throw error
  }
}

const rowsTogether = 300

/** Rows that come one by one, some at a time. */
async function* together(rows: Iterable<SpreadsheetRow> | AsyncIterable<SpreadsheetRow>): AsyncGenerator<SheetRows> {
  let waiting: SpreadsheetRow[] = []
  for await (const row of rows) {
    if (waiting.length === rowsTogether || (waiting[0] && waiting[0].sheet !== row.sheet)) {
      yield { rows: waiting }
      waiting = []
    }
    waiting.push(row)
  }
  if (waiting.length > 0) yield { rows: waiting }
}

/** What a source is (xlsx, xls or csv), by its content. */
export async function spreadsheetKind(source: SpreadsheetSource, limits = defaultLimits): Promise<SpreadsheetKind> {
  return detectKind(await loadBytes(source, limits), source.name)
}

/** What is known of a workbook from an earlier reading of the same bytes. */
export interface KnownOfWorkbook {
  /** Parts that were surveyed and have no merged cells: they needn't be surveyed again. */
  readonly unmerged: readonly string[]
}

/** Streams the rows like `readWorkbook`, some of one sheet at a time: many rows cost less so. */
export async function* readRows(
  source: SpreadsheetSource,
  limits: SpreadsheetLimits = defaultLimits,
  { unmerged }: KnownOfWorkbook = { unmerged: [] },
): AsyncGenerator<SheetRows> {
  const data = await loadBytes(source, limits)
  const kind = detectKind(data, source.name)
  const sheets =
    kind === 'xlsx'
      ? wellFormed(readXlsx(data, source.name, limits, unmerged), source.name)
      : together(kind === 'xls' ? readXls(data, source.name, limits) : readCsv(data, source.name, limits))
  for await (const rows of sheets) yield rows
}

/**
 * Streams the rows of all visible sheets of a workbook or text table that hold anything, as text.
 * Kind is told by content, not name. Sizes are bounded before unpacking; hidden sheets are skipped; merged cells are filled;
 * formulas, error values and numbers that lost digits are marked, never taken.
 * @throws Refusal `imports.*` with a sentence naming the file; a damaged sheet is refused before its first row.
 */
export async function* readWorkbook(
  source: SpreadsheetSource,
  limits: SpreadsheetLimits = defaultLimits,
): AsyncGenerator<SpreadsheetRow> {
  for await (const { rows } of readRows(source, limits)) for (const row of rows) yield row
}
