export type MediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

const starts = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.subarray(at, at + text.length).toString('latin1') === text

/** What a file is by its first bytes, never by its name; undefined when it is none of the kinds kept. */
export const mediaTypeOf = (bytes: Buffer): MediaType | undefined => {
  if (starts(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg'
  if (starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return 'image/webp'
  if (starts(bytes, 0, '%PDF-')) return 'application/pdf'
  return undefined
}

/** File name of a download: neutral, for names of files name children. [C24] */
export const fileNameOf = (id: string, type: MediaType): string => {
  const ending = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf' }[type]
  return `附件-${id.slice(-8)}.${ending}`
}
