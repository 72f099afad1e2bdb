import { spreadsheetRefusal } from './refuse.ts'

/** DOCTYPE and ENTITY are never needed in a workbook and are how XML is made to read other files or grow without end. */
export function refuseDeclarations(xml: string, name: string): void {
  if (!xml.includes('<!')) return
  if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY') || /<!doctype|<!entity/i.test(xml.slice(0, 2000))) {
    throw spreadsheetRefusal('imports.entities', name)
  }
}

/**
 * Streams a part as pieces of text that each end behind a closing tag such as `</row>`, so that a piece can be read on its
 * own and no more than one chunk is in memory. The rest behind the last closing tag comes as the last piece.
 */
export async function* xmlPieces(
  part: AsyncIterable<Buffer>,
  closing: RegExp,
  name: string,
  pieceBytes: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let pending = ''
  let closeTag = ''
  for await (const bytes of part) {
    pending += decoder.decode(bytes, { stream: true })
    refuseDeclarations(pending, name)
    if (closeTag === '') closeTag = closing.exec(pending)?.[0] ?? ''
    const end = closeTag === '' ? -1 : pending.lastIndexOf(closeTag)
    if (end >= 0) {
      yield pending.slice(0, end + closeTag.length)
      pending = pending.slice(end + closeTag.length)
    }
    if (pending.length > pieceBytes) throw spreadsheetRefusal('imports.row-too-large', name, { row: '某' })
  }
  pending += decoder.decode()
  refuseDeclarations(pending, name)
  if (pending !== '') yield pending
}
