/**
 * Walks through a piece of workbook XML, tag by tag. It knows what workbooks need and nothing more: no document type, no
 * entities but the five of XML and character references, nothing from outside. Names come without their prefix.
 */
export interface XmlHandlers {
  /** `attributes` is the raw text behind the name; read it with `attribute`. */
  readonly open: (name: string, attributes: string) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
  /** May take what begins with `<c` as a whole: answers where it ends, -1 to have it read tag by tag. */
  readonly cell?: (xml: string, at: number) => number
}

/** The XML breaks off or is not well formed. */
export const brokenXml = 'broken xml'

const entity = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')

/** Text with its references replaced; a reference it does not know stays as it is. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(entity, (_, hex?: string, decimal?: string, name?: string) => {
    if (hex) return character(Number.parseInt(hex, 16))
    return decimal ? character(Number(decimal)) : (named[name ?? ''] ?? '')
  })
}

const officeEscape = /_x([0-9A-Fa-f]{4})_/g

/** Excel's own escapes in texts: `_x000D_` is a carriage return. */
export const unescapeOffice = (text: string): string =>
  text.includes('_x')
    ? text.replace(officeEscape, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

const unusual = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const usual = new Map<string, string>()

/** The value of an attribute in the raw text behind a tag's name; undefined when it is not there. */
export function attribute(raw: string, name: string): string | undefined {
  let head = usual.get(name)
  if (head === undefined) {
    head = ` ${name}="`
    usual.set(name, head)
  }
  const at = raw.indexOf(head)
  if (at !== -1) {
    const from = at + head.length
    return unescapeXml(raw.slice(from, raw.indexOf('"', from)))
  }
  if (!raw.includes("'") && !raw.includes(' =') && !raw.includes('= ') && !/[\t\r\n]/.test(raw)) return undefined
  for (const [, key, double, single] of raw.matchAll(unusual))
    if (key === name) return unescapeXml(double ?? single ?? '')
  return undefined
}

/** The long way, for a tag with a `>` inside quotes. */
function endPastQuotes(xml: string, from: number): number {
  let quote = 0
  for (let i = from; i < xml.length; i++) {
    const code = xml.charCodeAt(i)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 62) return i
    else if (code === 34 || code === 39) quote = code
  }
  throw new Error(brokenXml)
}

/** End of the tag that starts at `from`: the next `>`, unless the tag has attributes and what stands before is no quote. */
function endOfTag(xml: string, from: number): number {
  const end = xml.indexOf('>', from)
  if (end === -1) throw new Error(brokenXml)
  const last = xml.charCodeAt(xml.charCodeAt(end - 1) === 47 ? end - 2 : end - 1)
  if (last === 34 || last === 39) return end
  const equals = xml.indexOf('=', from)
  return equals === -1 || equals > end ? end : endPastQuotes(xml, from)
}

/** Passes over a comment, instruction or declaration; answers where it ends, and a CDATA section's text. */
function special(xml: string, at: number, handlers: XmlHandlers): number {
  const [close, skip] = xml.startsWith('<!--', at)
    ? ['-->', 4]
    : xml.startsWith('<![CDATA[', at)
      ? [']]>', 9]
      : xml.startsWith('<?', at)
        ? ['?>', 2]
        : ['>', 2]
  const end = xml.indexOf(close, at + skip)
  if (end === -1) throw new Error(brokenXml)
  if (skip === 9) handlers.text?.(xml.slice(at + 9, end))
  return end + close.length
}

const withoutPrefix = (name: string) => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)

/** Name ends at the first blank or slash. */
function nameEnd(xml: string, from: number, end: number): number {
  let i = from
  while (i < end) {
    const code = xml.charCodeAt(i)
    if (code <= 32 || code === 47) break
    i++
  }
  return i
}

/** @throws Error `brokenXml` when the piece breaks off inside a tag. */
export function scanXml(xml: string, handlers: XmlHandlers): void {
  let i = 0
  for (;;) {
    const at = xml.indexOf('<', i)
    const until = at === -1 ? xml.length : at
    if (until > i && handlers.text) handlers.text(unescapeXml(xml.slice(i, until)))
    if (at === -1) return
    const next = xml.charCodeAt(at + 1)
    if (next === 33 || next === 63) {
      i = special(xml, at, handlers)
      continue
    }
    if (next === 99 && handlers.cell) {
      i = handlers.cell(xml, at)
      if (i !== -1) continue
    }
    const end = endOfTag(xml, at + 1)
    i = end + 1
    if (next === 47) {
      handlers.close?.(withoutPrefix(xml.slice(at + 2, nameEnd(xml, at + 2, end))))
      continue
    }
    const stop = nameEnd(xml, at + 1, end)
    const name = withoutPrefix(xml.slice(at + 1, stop))
    const empty = xml.charCodeAt(end - 1) === 47
    handlers.open(name, xml.slice(stop, empty ? end - 1 : end))
    if (empty) handlers.close?.(name)
  }
}
