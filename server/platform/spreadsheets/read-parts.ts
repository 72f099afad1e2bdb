import { createRequire } from 'node:module'
import type { SpreadsheetLimits } from './limits.ts'
import { builtInFormat, formatOf, type NumberFormat } from './number-format.ts'
import type { Archive } from './open-archive.ts'
import { spreadsheetRefusal } from './refuse.ts'
import { attribute, scanXml, unescapeOffice } from './scan-xml.ts'
import { refuseDeclarations, xmlPieces } from './xml-pieces.ts'

// Loaded with the first workbook that has formats of its own: an idle program does without its 17 MB.
const isDateFormat = (format: string): boolean => {
  const hucre = createRequire(import.meta.url)('hucre') as typeof import('hucre')
  return hucre.isDateFormat(format)
}

const smallPart = 8 * 2 ** 20

export interface SheetPart {
  readonly name: string
  readonly path: string
  readonly hidden: boolean
}

export interface WorkbookParts {
  readonly sheets: readonly SheetPart[]
  readonly uses1904: boolean
  readonly sharedStringsPath: string | undefined
  readonly stylesPath: string | undefined
}

async function readSmall(archive: Archive, path: string, name: string): Promise<string> {
  if (!archive.has(path)) throw spreadsheetRefusal('imports.truncated', name)
  const xml = await archive.text(path, smallPart)
  refuseDeclarations(xml, name)
  return xml
}

interface Relation {
  readonly type: string
  readonly target: string
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** Path of a part from the folder that names it; `..` never leaves the archive. */
function resolvePath(base: string, target: string): string {
  const parts: string[] = []
  for (const step of (target.startsWith('/') ? target : base + target).split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '' && step !== '.') parts.push(step)
  }
  return parts.join('/')
}

const needed = /\/(?:officeDocument|worksheet|sharedStrings|styles)$/

async function readRelations(archive: Archive, part: string, name: string): Promise<Map<string, Relation>> {
  const folder = folderOf(part)
  const xml = await readSmall(archive, `${folder}_rels/${part.slice(folder.length)}.rels`, name)
  const relations = new Map<string, Relation>()
  scanXml(xml, {
    open: (local, raw) => {
      if (local !== 'Relationship') return
      const type = attribute(raw, 'Type') ?? ''
      if (!needed.test(type)) return
      if (attribute(raw, 'TargetMode') === 'External') throw spreadsheetRefusal('imports.external-parts', name)
      relations.set(attribute(raw, 'Id') ?? '', { type, target: resolvePath(folder, attribute(raw, 'Target') ?? '') })
    },
  })
  return relations
}

const targetOf = (relations: Map<string, Relation>, type: string) =>
  [...relations.values()].find((relation) => relation.type.endsWith(`/${type}`))?.target

/** Sheets with their visibility, and where texts and styles stand. Parts outside the file are never followed. */
export async function readWorkbookParts(archive: Archive, name: string): Promise<WorkbookParts> {
  if (!archive.has('[Content_Types].xml') || !archive.has('_rels/.rels')) {
    throw spreadsheetRefusal('imports.not-a-workbook', name, { what: '是压缩包或其他文件' })
  }
  const workbook = targetOf(await readRelations(archive, '', name), 'officeDocument')
  if (!workbook?.endsWith('.xml') || !archive.has(workbook)) {
    throw spreadsheetRefusal('imports.not-a-workbook', name, { what: '不是工作簿' })
  }
  const relations = await readRelations(archive, workbook, name)
  const sheets: SheetPart[] = []
  let uses1904 = false
  scanXml(await readSmall(archive, workbook, name), {
    open: (local, raw) => {
      if (local === 'workbookPr') uses1904 = attribute(raw, 'date1904') === '1' || attribute(raw, 'date1904') === 'true'
      if (local !== 'sheet') return
      const id = attribute(raw, 'r:id') ?? /:id=["']([^"']*)/.exec(raw)?.[1] ?? ''
      const relation = relations.get(id)
      if (!relation?.type.endsWith('/worksheet')) return
      sheets.push({
        name: attribute(raw, 'name') ?? '',
        path: relation.target,
        hidden: (attribute(raw, 'state') ?? 'visible') !== 'visible',
      })
    },
  })
  if (sheets.length === 0) throw spreadsheetRefusal('imports.not-a-workbook', name, { what: '里面没有工作表' })
  return {
    sheets,
    uses1904,
    sharedStringsPath: targetOf(relations, 'sharedStrings'),
    stylesPath: targetOf(relations, 'styles'),
  }
}

/** For each cell style what its number format makes of a number. */
export async function readNumberFormats(
  archive: Archive,
  path: string | undefined,
  name: string,
): Promise<readonly NumberFormat[]> {
  if (!path || !archive.has(path)) return []
  const own = new Map<number, string>()
  const formats: NumberFormat[] = []
  let inCellFormats = false
  scanXml(await readSmall(archive, path, name), {
    open: (local, raw) => {
      if (local === 'numFmt') own.set(Number(attribute(raw, 'numFmtId')), attribute(raw, 'formatCode') ?? '')
      if (local === 'cellXfs') inCellFormats = true
      if (local !== 'xf' || !inCellFormats) return
      const id = Number(attribute(raw, 'numFmtId') ?? 0)
      const code = own.get(id)
      formats.push(code === undefined ? builtInFormat(id) : formatOf(code, isDateFormat))
    },
    close: (local) => {
      if (local === 'cellXfs') inCellFormats = false
    },
  })
  return formats
}

/** The table of texts, phonetic guides left out. Streamed; bounded in number and in length of each. */
export async function readSharedStrings(
  archive: Archive,
  path: string | undefined,
  name: string,
  limits: SpreadsheetLimits,
): Promise<readonly string[]> {
  if (!path || !archive.has(path)) return []
  const texts: string[] = []
  let text = ''
  let inText = false
  let phonetic = 0
  const handlers = {
    open: (local: string) => {
      if (local === 'si') text = ''
      else if (local === 't') inText = phonetic === 0
      else if (local === 'rPh') phonetic++
    },
    text: (piece: string) => {
      if (inText) text += piece
    },
    close: (local: string) => {
      if (local === 't') inText = false
      else if (local === 'rPh') phonetic--
      else if (local === 'si') texts.push(unescapeOffice(text))
    },
  }
  for await (const piece of xmlPieces(archive.bytes(path), /<\/(?:\w+:)?si>/, name, limits.rowBytes)) {
    scanXml(piece, handlers)
    if (texts.length > limits.sharedStrings) throw spreadsheetRefusal('imports.too-many-texts', name)
  }
  return texts
}
