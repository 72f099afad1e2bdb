import Dexie, { liveQuery, type Table } from 'dexie'
import { useEffect, useState } from 'react'
import { isUntouched, type Paper, type RecordKind } from './paper.ts'
import { type DeviceKey, newKey, type Sealed, seal, sealJson, unseal, unsealJson } from './sealing.ts'

/** A photo or PDF that goes with a paper, made ready to send. */
export interface PaperFile {
  readonly id: string
  readonly paperId: string
  readonly personId: string
  readonly name: string
  readonly content: Blob
  /** Why the server did not take it, if it did not. */
  readonly reason: string | null
}

interface KnownKinds {
  readonly personId: string
  readonly kinds: readonly RecordKind[]
}

/** As it lies on the device: whose it is, and the rest under that person's key. [C13] */
interface PaperRow {
  readonly id: string
  readonly personId: string
  readonly sealed: Sealed
}

interface FileRow {
  readonly id: string
  readonly paperId: string
  readonly personId: string
  readonly about: Sealed
  readonly content: Sealed
}

type FileAbout = Pick<PaperFile, 'name' | 'reason'> & { readonly type: string }

type Store = Dexie & {
  papers: Table<PaperRow, string>
  files: Table<FileRow, string>
  kinds: Table<KnownKinds, string>
  keys: Table<{ readonly personId: string; readonly key: DeviceKey }, string>
}

const openStore = (): Store => {
  const store = new Dexie('tongxing-device') as Store
  store
    .version(1)
    .stores({ papers: 'id, personId', files: 'id, paperId, personId', kinds: 'personId', keys: 'personId' })
  return store
}

/** What lies on this device: papers being written or waiting, their files, and the forms. No answer about a student. */
const device = openStore()

const keys = new Map<string, Promise<DeviceKey>>()

const readKey = async (personId: string): Promise<DeviceKey> => {
  const known = await device.keys.get(personId)
  if (known) return known.key
  const fresh = await newKey()
  // Two tabs may come here at once: the first one's key holds.
  return device.transaction('rw', device.keys, async () => {
    const first = await device.keys.get(personId)
    if (first) return first.key
    await device.keys.add({ personId, key: fresh })
    return fresh
  })
}

const keyOf = (personId: string): Promise<DeviceKey> => {
  const found = keys.get(personId) ?? readKey(personId)
  keys.set(personId, found)
  return found
}

// Encrypting takes a moment; writes keep the order in which they were asked for, or an old stroke could undo a new one.
let last: Promise<unknown> = Promise.resolve()
const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
  const next = last.then(work, work)
  last = next.catch(() => undefined)
  return next
}

const rowOf = async (paper: Paper): Promise<PaperRow> => ({
  id: paper.id,
  personId: paper.personId,
  sealed: await sealJson(await keyOf(paper.personId), paper),
})

// What no key opens any more is as good as gone; nothing else may stop because of it.
const openPaper = async (row: PaperRow | undefined): Promise<Paper | undefined> =>
  row && unsealJson<Paper>(await keyOf(row.personId), row.sealed).catch(() => undefined)

const openPapers = async (rows: readonly PaperRow[]): Promise<Paper[]> =>
  (await Promise.all(rows.map(openPaper))).filter((paper) => paper !== undefined)

const openFile = async (row: FileRow): Promise<PaperFile> => {
  const key = await keyOf(row.personId)
  const { type, ...about } = await unsealJson<FileAbout>(key, row.about)
  const content = new Blob([await unseal(key, row.content)], { type })
  return { id: row.id, paperId: row.paperId, personId: row.personId, content, ...about }
}

/** Keeps a paper on the device, new or as it stands now. */
export const savePaper = (paper: Paper): Promise<void> =>
  inOrder(async () => {
    await device.papers.put(await rowOf(paper))
  })

/** Keeps a paper that still lies on the device; one thrown away or sent does not come back. */
export const keepPaper = (paper: Paper): Promise<void> =>
  inOrder(async () => {
    await device.papers.update(paper.id, { ...(await rowOf(paper)) })
  })

export const findPaper = async (id: string): Promise<Paper | undefined> => openPaper(await device.papers.get(id))

export const papersOf = async (personId: string): Promise<Paper[]> =>
  openPapers(await device.papers.where('personId').equals(personId).toArray())

/** Takes a paper and its files off the device. Only after they arrived, or when the person throws them away. */
export const discard = (paperId: string): Promise<void> =>
  inOrder(() =>
    device.transaction('rw', device.papers, device.files, async () => {
      await device.papers.delete(paperId)
      await device.files.where('paperId').equals(paperId).delete()
    }),
  )

export const saveFile = async ({ id, paperId, personId, name, reason, content }: PaperFile): Promise<void> => {
  const key = await keyOf(personId)
  const about = await sealJson(key, { name, reason, type: content.type } satisfies FileAbout)
  await device.files.put({ id, paperId, personId, about, content: await seal(key, await content.arrayBuffer()) })
}

export const filesOf = async (paperId: string): Promise<PaperFile[]> =>
  Promise.all((await device.files.where('paperId').equals(paperId).toArray()).map(openFile))

export const dropFile = (id: string): Promise<void> => device.files.delete(id)

/** The forms in force, kept to be filled in where there is no network; they hold nothing about anybody. */
export const saveKinds = async (known: KnownKinds): Promise<void> => {
  await device.kinds.put(known)
}

export const findKinds = (personId: string): Promise<KnownKinds | undefined> => device.kinds.get(personId)

/** Takes everything of one person off this device, the key last: before signing out of a machine others use. */
export const forgetPerson = (personId: string): Promise<void> =>
  inOrder(async () => {
    keys.delete(personId)
    await device.transaction('rw', device.papers, device.files, device.kinds, device.keys, async () => {
      await device.papers.where('personId').equals(personId).delete()
      await device.files.where('personId').equals(personId).delete()
      await device.kinds.delete(personId)
      await device.keys.delete(personId)
    })
  })

/** Reads from the device and keeps reading as it changes, also from other tabs. Undefined until first read. */
const useOnDevice = <Row, T>(key: string, read: () => Promise<Row>, open: (row: Row) => Promise<T>): T | undefined => {
  const [found, setFound] = useState<T>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is read
  useEffect(() => {
    let latest = 0
    // Opened outside the reading: a transaction does not wait for a key.
    const show = (row: Row): void => {
      latest += 1
      const mine = latest
      open(row).then(
        (opened) => mine === latest && setFound(() => opened),
        () => undefined,
      )
    }
    const reading = liveQuery(read).subscribe({ next: show, error: () => setFound(undefined) })
    return () => {
      latest = -1
      reading.unsubscribe()
    }
  }, [key])
  return found
}

/** The papers of one person, the newest first. */
export const usePapers = (personId: string): readonly Paper[] | undefined =>
  useOnDevice(
    `papers ${personId}`,
    () => device.papers.where('personId').equals(personId).toArray(),
    async (rows) => {
      const papers = await openPapers(rows)
      return papers.filter((paper) => !isUntouched(paper)).sort((a, b) => b.changedAt - a.changedAt)
    },
  )

/** One paper while it lies here; null when it does not. */
export const usePaperHere = (id: string): Paper | null | undefined =>
  useOnDevice(
    `paper ${id}`,
    () => device.papers.get(id),
    async (row) => (await openPaper(row)) ?? null,
  )

export const usePaperFiles = (paperId: string): readonly PaperFile[] =>
  useOnDevice(
    `files ${paperId}`,
    () => device.files.where('paperId').equals(paperId).toArray(),
    (rows) => Promise.all(rows.map(openFile)),
  ) ?? []

export const useKnownKinds = (personId: string): KnownKinds | undefined =>
  useOnDevice(
    `kinds ${personId}`,
    () => device.kinds.get(personId),
    async (known) => known,
  )
