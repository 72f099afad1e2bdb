import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a test archive; `declared` lets it lie about its unpacked size, `flags` mark it encrypted. */
export interface ZipPart {
  readonly path: string
  readonly content: Buffer | string
  readonly declared?: number
  readonly flags?: number
}

/** Writes a zip by hand, so that tests can make archives no honest program would. For tests. */
export function makeZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const content = Buffer.from(part.content)
    const packed = deflateRawSync(content, { level: 9 })
    const name = Buffer.from(part.path)
    const fixed = Buffer.alloc(26)
    fixed.writeUInt16LE(20, 0)
    fixed.writeUInt16LE(part.flags ?? 0, 2)
    fixed.writeUInt16LE(8, 4)
    fixed.writeUInt32LE(crc32(content), 10)
    fixed.writeUInt32LE(packed.length, 14)
    fixed.writeUInt32LE(part.declared ?? content.length, 18)
    fixed.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fixed, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fixed, Buffer.alloc(0), tail, name]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}

const types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
const relation = (id: string, type: string, target: string, more = '') =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${more}/>`
const relations = (...all: string[]) => `<?xml version="1.0"?><Relationships>${all.join('')}</Relationships>`

export interface SheetXml {
  readonly name: string
  readonly state?: string
  readonly xml: string
}

/** The parts of a small workbook whose sheets are given as raw XML. For tests. */
export function workbookParts(
  sheets: readonly SheetXml[],
  own: {
    readonly strings?: string
    readonly styles?: string
    readonly workbook?: string
    readonly sheetRelation?: string
  } = {},
): ZipPart[] {
  const list = sheets.map(
    (s, i) => `<sheet name="${s.name}" sheetId="${i + 1}" ${s.state ? `state="${s.state}" ` : ''}r:id="r${i}"/>`,
  )
  const related = sheets.map((_, i) => relation(`r${i}`, 'worksheet', `worksheets/s${i}.xml`, own.sheetRelation))
  if (own.strings) related.push(relation('ss', 'sharedStrings', 'sharedStrings.xml'))
  if (own.styles) related.push(relation('st', 'styles', '/xl/styles.xml'))
  return [
    { path: '[Content_Types].xml', content: types },
    { path: '_rels/.rels', content: relations(relation('w', 'officeDocument', 'xl/workbook.xml')) },
    { path: 'xl/workbook.xml', content: `<workbook>${own.workbook ?? ''}<sheets>${list.join('')}</sheets></workbook>` },
    { path: 'xl/_rels/workbook.xml.rels', content: relations(...related) },
    ...(own.strings ? [{ path: 'xl/sharedStrings.xml', content: own.strings }] : []),
    ...(own.styles ? [{ path: 'xl/styles.xml', content: own.styles }] : []),
    ...sheets.map((s, i) => ({ path: `xl/worksheets/s${i}.xml`, content: s.xml })),
  ]
}

export const sheetXml = (rows: string, after = ''): string =>
  `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`
