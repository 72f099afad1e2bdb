import { unescapeXml } from './scan-xml.ts'

/** What a cell of a sheet says in its tags. `column` counts from 0; `value` is as written, references replaced. */
export interface ScannedCell {
  column: number
  type: string
  style: number
  value: string
}

const digit = (code: number): boolean => code >= 48 && code <= 57
const mostStyles = 1_000_000

/** Where an attribute of the form ` r="…"` has its value; -1 when the tag goes on in another way. */
const valueStart = (xml: string, at: number): number =>
  xml.charCodeAt(at) === 32 && xml.charCodeAt(at + 2) === 61 && xml.charCodeAt(at + 3) === 34 ? at + 4 : -1

function scanReference(xml: string, from: number, cell: ScannedCell): number {
  let at = from
  let column = 0
  let code = xml.charCodeAt(at)
  while (code >= 65 && code <= 90) {
    column = column * 26 + code - 64
    code = xml.charCodeAt(++at)
  }
  if (column === 0) return -1
  while (digit(code)) code = xml.charCodeAt(++at)
  cell.column = column - 1
  return code === 34 ? at + 1 : -1
}

function scanStyle(xml: string, from: number, cell: ScannedCell): number {
  let at = from
  let style = 0
  let code = xml.charCodeAt(at)
  while (digit(code) && style < mostStyles) {
    style = style * 10 + code - 48
    code = xml.charCodeAt(++at)
  }
  cell.style = style
  return code === 34 && at > from ? at + 1 : -1
}

const types = ['s', 'str', 'n', 'b', 'e', 'd', 'inlineStr'] as const
const quotedTypes = types.map((type) => `${type}"`)

function scanType(xml: string, from: number, cell: ScannedCell): number {
  for (let i = 0; i < types.length; i++) {
    const quoted = quotedTypes[i] as string
    if (!xml.startsWith(quoted, from)) continue
    cell.type = types[i] as string
    return from + quoted.length
  }
  return -1
}

/** Reads the text up to the next tag, which has to be `tail`. */
function scanValue(xml: string, from: number, tail: string, cell: ScannedCell): number {
  let at = from
  let references = false
  for (;;) {
    const code = xml.charCodeAt(at)
    if (code === 60) break
    if (code === 38) references = true
    // past the end there is no number
    if (!(code >= 0)) return -1
    at++
  }
  if (!xml.startsWith(tail, at)) return -1
  const value = xml.slice(from, at)
  cell.value = references ? unescapeXml(value) : value
  return at + tail.length
}

/**
 * Reads a cell that begins at `at` in the form in which nearly all are written: plain tags, the attributes r, s and t in double
 * quotes, a value or a text within, no formula. Answers where it ends; -1 when it is written in any other way and must
 * be read as XML, tag by tag. A cell without a reference has column -1.
 */
export function scanCell(xml: string, at: number, cell: ScannedCell): number {
  cell.column = -1
  cell.type = ''
  cell.style = 0
  cell.value = ''
  let i = at + 2
  let code = xml.charCodeAt(i)
  while (code !== 62 && code !== 47) {
    const from = valueStart(xml, i)
    if (from === -1) return -1
    const name = xml.charCodeAt(i + 1)
    if (name === 114) i = scanReference(xml, from, cell)
    else if (name === 115) i = scanStyle(xml, from, cell)
    else if (name === 116) i = scanType(xml, from, cell)
    else return -1
    if (i === -1) return -1
    code = xml.charCodeAt(i)
  }
  if (code === 47) return xml.charCodeAt(i + 1) === 62 ? i + 2 : -1
  if (xml.startsWith('<v>', i + 1)) return scanValue(xml, i + 4, '</v></c>', cell)
  if (xml.startsWith('<is><t>', i + 1)) return scanValue(xml, i + 8, '</t></is></c>', cell)
  return xml.startsWith('</c>', i + 1) ? i + 5 : -1
}
