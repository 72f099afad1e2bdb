export const largestFile = 10 * 1024 * 1024
export const mostFiles = 9
const longestEdge = 2_000

/** The size a photo is drawn at: its longer edge at most 2,000 px, never larger than it is. */
export const fittedSize = (width: number, height: number): { width: number; height: number } => {
  const scale = Math.min(1, longestEdge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Why a file cannot be attached, judged by what the device says of it; the server reads its bytes. */
export const whyNotAttach = (file: { type: string; size: number }): string | undefined => {
  const photo = file.type.startsWith('image/')
  if (!photo && file.type !== 'application/pdf') return '只能附照片或 PDF'
  if (file.size === 0) return '这个文件是空的'
  if (!photo && file.size > largestFile) return 'PDF 不能超过 10 MB'
  return undefined
}

/**
 * A photo drawn anew at a modest size as JPEG: quick to send, and without the place and device that cameras write into
 * photos. A PDF stays as it is. Throws a sentence when the device cannot read it.
 */
export const makeReady = async (file: File): Promise<Blob> => {
  const reason = whyNotAttach(file)
  if (reason) throw new Error(reason)
  if (!file.type.startsWith('image/')) return file
  const photo = await createImageBitmap(file).catch(() => {
    throw new Error('这张照片打不开,请换一张或改成 JPG')
  })
  const { width, height } = fittedSize(photo.width, photo.height)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.drawImage(photo, 0, 0, width, height)
  photo.close()
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82))
  if (!drawn || drawn.size > largestFile) throw new Error('这张照片太大,请换一张')
  return drawn
}
