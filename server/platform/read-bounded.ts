import type { Readable } from 'node:stream'
import { Refusal } from '#contract/platform'

const mostBytes = 10 * 1024 * 1024

const refuse = (code: string, sentence: string, kind: 'invalid' | 'too-large' = 'invalid') =>
  new Refusal(code, sentence, kind)

/**
 * The bytes of an upload, counted while they arrive: nobody makes us hold more than we would keep. At most 10 MB.
 * Refuses `platform.file-too-large`, `platform.file-cut`, `platform.file-empty`.
 */
export const readBounded = async (upload: Readable): Promise<Buffer> => {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of upload) {
      const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(piece as Uint8Array)
      size += bytes.length
      if (size > mostBytes) throw refuse('platform.file-too-large', '文件不能超过 10 MB,请缩小后再传。', 'too-large')
      pieces.push(bytes)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refuse('platform.file-cut', '文件没有传完,请重新上传。')
  }
  if (size === 0) throw refuse('platform.file-empty', '文件是空的。')
  return Buffer.concat(pieces)
}
