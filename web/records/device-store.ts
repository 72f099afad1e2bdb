import Dexie, { liveQuery, type Table } from 'dexie'
import { useEffect, useState } from 'react'
import { isUntouched, type Paper, type RecordKind } from './paper.ts'

/** A photo or PDF that goes with a paper, made ready to send. */
export interface PaperFile {
  readonly id: string
  readonly paperId: string
  readonly name: string
  readonly content: Blob
  /** Why the server did not take it, if it did not. */
  readonly reason: string | null
}

interface KnownKinds {
  readonly personId: string
  readonly kinds: readonly RecordKind[]
}

type Store = Dexie & {
  papers: Table<Paper, string>
  files: Table<PaperFile, string>
  kinds: Table<KnownKinds, string>
}

const open = (): Store => {
  const store = new Dexie('tongxing') as Store
  store.version(1).stores({ papers: 'id, personId', files: 'id, paperId', kinds: 'personId' })
  return store
}

/** What lies on this device: papers being written or waiting, their files, and the forms. No answer about a student. */
export const device = open()

/** Takes a paper and its files off the device. Only after they arrived, or when the person throws them away. */
export const discard = async (paperId: string): Promise<void> =>
  device.transaction('rw', device.papers, device.files, async () => {
    await device.papers.delete(paperId)
    await device.files.where('paperId').equals(paperId).delete()
  })

/** Reads from the device and keeps reading as it changes, also from other tabs. Undefined until first read. */
export const useOnDevice = <T>(key: string, read: () => Promise<T>): T | undefined => {
  const [found, setFound] = useState<T>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is read
  useEffect(() => {
    const reading = liveQuery(read).subscribe({ next: setFound, error: () => setFound(undefined) })
    return () => reading.unsubscribe()
  }, [key])
  return found
}

/** The papers of one person, the newest first. */
export const usePapers = (personId: string): readonly Paper[] | undefined =>
  useOnDevice(`papers ${personId}`, async () => {
    const papers = await device.papers.where('personId').equals(personId).toArray()
    return papers.filter((paper) => !isUntouched(paper)).sort((a, b) => b.changedAt - a.changedAt)
  })

export const usePaperFiles = (paperId: string): readonly PaperFile[] =>
  useOnDevice(`files ${paperId}`, () => device.files.where('paperId').equals(paperId).toArray()) ?? []
