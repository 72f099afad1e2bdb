import { useSyncExternalStore } from 'react'
import { getImport, listImports, uploadImport } from '#contract/imports'
import { answers, newId, refresh, sentenceOf, upload } from '#web/platform'
import { nextToSend, type QueuedFile, type QueueEvent, queueReducer, whyNotFile } from './upload-queue.ts'

/**
 * Files on their way stand outside of any page, so that a person may go on working while they are sent. The id of a
 * queued file is the id of the import it becomes: sending it again after a broken line makes no second one.
 */
let queue: readonly QueuedFile[] = []
const contents = new Map<string, { file: File; unitId: string }>()
const listeners = new Set<() => void>()

const apply = (event: QueueEvent): void => {
  queue = queueReducer(queue, event)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const sendNext = async (): Promise<void> => {
  const next = nextToSend(queue)
  const content = next === undefined ? undefined : contents.get(next.id)
  if (next === undefined || content === undefined) return
  const { id, name } = next
  apply({ type: 'sending', id, sent: 0 })
  try {
    const input = { params: { unitId: content.unitId, importId: id }, query: { fileName: name } }
    await upload(uploadImport, input, content.file, (sent, total) =>
      apply({ type: 'sending', id, sent: total > 0 ? sent / total : 0 }),
    )
    contents.delete(id)
    apply({ type: 'sent', id })
  } catch (error) {
    apply({ type: 'refused', id, reason: sentenceOf(error) })
  }
  void refresh(answers, [listImports, getImport])
  void sendNext()
}

/** Puts files into the queue of a unit, in the order they were chosen, and starts sending. */
export const addFiles = (unitId: string, files: readonly File[]): void => {
  const added = files.map((file) => ({
    id: newId(),
    name: file.name,
    size: file.size,
    reason: whyNotFile(file) ?? null,
    file,
  }))
  for (const { id, file, reason } of added) if (reason === null) contents.set(id, { file, unitId })
  apply({ type: 'added', files: added.map(({ id, name, size, reason }) => ({ id, name, size, reason })) })
  void sendNext()
}

/** Sends a file once more that could not be sent, while its content is still at hand. */
export const sendAgain = (id: string): void => {
  if (!contents.has(id)) return
  apply({ type: 'again', id })
  void sendNext()
}

export const maySendAgain = (id: string): boolean => contents.has(id)

export const dismissFile = (id: string): void => {
  contents.delete(id)
  apply({ type: 'dismissed', id })
}

/** The files on their way, wherever they were dropped. */
export const useUploadQueue = (): readonly QueuedFile[] => useSyncExternalStore(subscribe, () => queue)
