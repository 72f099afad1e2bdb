/** One file on its way: it waits for those before it, is sent, and becomes an import or says why not. */
export interface QueuedFile {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused'
  /** Share sent, 0–1. */
  readonly sent: number
  readonly reason: string | null
}

export type QueueEvent =
  | {
      readonly type: 'added'
      readonly files: readonly { id: string; name: string; size: number; reason: string | null }[]
    }
  | { readonly type: 'sending'; readonly id: string; readonly sent: number }
  | { readonly type: 'sent'; readonly id: string }
  | { readonly type: 'refused'; readonly id: string; readonly reason: string }
  | { readonly type: 'again'; readonly id: string }
  | { readonly type: 'dismissed'; readonly id: string }

const change = (queue: readonly QueuedFile[], id: string, to: Partial<QueuedFile>): QueuedFile[] =>
  queue.map((file) => (file.id === id ? { ...file, ...to } : file))

export const queueReducer = (queue: readonly QueuedFile[], event: QueueEvent): readonly QueuedFile[] => {
  switch (event.type) {
    case 'added':
      return [
        ...queue,
        ...event.files.map((file) => ({
          ...file,
          state: file.reason === null ? ('waiting' as const) : ('refused' as const),
          sent: 0,
        })),
      ]
    case 'sending':
      return change(queue, event.id, { state: 'sending', sent: event.sent })
    case 'sent':
      return change(queue, event.id, { state: 'sent', sent: 1 })
    case 'refused':
      return change(queue, event.id, { state: 'refused', reason: event.reason })
    case 'again':
      return change(queue, event.id, { state: 'waiting', sent: 0, reason: null })
    case 'dismissed':
      return queue.filter((file) => file.id !== event.id || file.state === 'sending')
  }
}

/** The file to send now: the first that waits, but only while none is being sent. */
export const nextToSend = (queue: readonly QueuedFile[]): QueuedFile | undefined =>
  queue.some((file) => file.state === 'sending') ? undefined : queue.find((file) => file.state === 'waiting')

/** Why a file need not even be sent; undefined when the server should look. */
export const whyNotFile = ({ name, size }: { name: string; size: number }): string | undefined => {
  if (!/\.(xlsx|xls|csv)$/i.test(name)) return '只收 xlsx、xls、csv 三种表格文件。'
  if (size === 0) return '文件是空的,请重新保存后再交。'
  if (name.length > 200) return '文件名太长,请改短后再交。'
  return undefined
}

/** "1.2 MB". */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
