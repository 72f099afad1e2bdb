import { spreadsheetRefusal } from './refuse.ts'

/** DOCTYPE and ENTITY are never needed in a workbook and are how XML is made to read other files or grow without end. */
export function refuseDeclarations(xml: string, name: string): void {
  if (!xml.includes('<!')) return
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY') || /<!doctype|<!entity/i.test(xml.slice(0, 2000))) {
    throw spreadsheetRefusal('imports.entities', name)
  }
}

const exclamationMark = 33

/**
 * Streams a part as pieces of text that each end behind a closing tag such as `</row>`, so that a piece can be read on its
 * own and no more than one chunk is in memory. The rest behind the last closing tag comes as the last piece. Bytes are cut
 * before they become text: each piece is one plain text, not a part of another.
 */
export async function* xmlPieces(
  part: AsyncIterable<Buffer>,
  closing: RegExp,
  name: string,
  pieceBytes: number,
): AsyncGenerator<string> {
  let pending: Buffer = Buffer.alloc(0)
  let closeTag = ''
  const textOf = (bytes: Buffer): string => {
    const text = bytes.toString('utf8')
    // most parts hold no exclamation mark at all
    if (bytes.includes(exclamationMark)) refuseDeclarations(text, name)
    return text
  }
  for await (const bytes of part) {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes])
    if (closeTag === '') closeTag = closing.exec(pending.toString('latin1'))?.[0] ?? ''
    const end = closeTag === '' ? -1 : pending.lastIndexOf(closeTag)
    if (end >= 0) {
      yield textOf(pending.subarray(0, end + closeTag.length))
      pending = pending.subarray(end + closeTag.length)
    }
    if (pending.length > pieceBytes) {
      textOf(pending)
      throw spreadsheetRefusal('imports.row-too-large', name, { where: '有一行' })
    }
  }
  if (pending.length > 0) yield textOf(pending)
}
