import type { Readable } from 'node:stream'
import { kindByName } from '#contract/imports'
import { whyNotPermitted } from '#contract/people'
import { notFound, Refusal } from '#contract/platform'
import { type Actor, audit, type Db, sql } from '#server/platform'
import type { Importing, Sender } from './importing.ts'
import { type ReceivedFile, receiveFile } from './keep-file.ts'
import { whyNotImport } from './may-import.ts'

// Until a file is read nobody knows how secret it is, so it is held as the most secret of lists.
const unread = 5

interface Handing {
  readonly importId: string
  readonly unit: { readonly id: string; readonly path: string }
  readonly fileName: string
  readonly file: ReceivedFile
  readonly by: { readonly id: string; readonly name: string }
  readonly sender: Sender
}

/** Writes down that a list was handed over, with its sealed bytes, in one transaction. */
export const fileImport = async (db: Db, { importId, unit, fileName, file, by, sender }: Handing): Promise<void> => {
  const { digest, bytes } = file
  await db.change(sql`insert into imports
      (id, unit_id, scope, secrecy, file_name, file_digest, byte_size, state, stated, created_by, created_by_name)
    values (${importId}, ${unit.id}, ${unit.path}, ${unread}, ${fileName}, ${digest}, ${bytes}, 'received',
      ${JSON.stringify({ sender })}, ${by.id}, ${by.name})`)
  await file.keep(db, importId, by.id)
  await audit(db, {
    actorId: by.id,
    action: 'imports.upload',
    outcome: 'done',
    scope: unit.path,
    subject: importId,
    detail: { bytes },
  })
}

const samePath = (name: string): string => name.replace(/^.*[\\/]/, '').slice(0, 200)

const isDuplicate = (error: unknown): boolean => (error as { code?: string }).code === '23505'

/**
 * Takes a handed-over list for a unit: xlsx, xls or csv up to 50 MB, streamed and sealed. Sent twice under the same id
 * it is stored once. A cut-off upload leaves nothing. Refuses another's unit as not found, and before a byte is taken a file
 * whose very name says that it is a list this sender may not hand in. [X7 G3]
 */
export const uploadImport = async (
  importing: Importing,
  actor: Actor,
  input: {
    readonly unitId: string
    readonly importId: string
    readonly fileName: string
    readonly upload: Readable
  },
): Promise<{ id: string }> => {
  const { services } = importing
  const [unit] = await services.door.readAsActor<{ id: string; path: string }>(
    actor,
    sql`select id, path from units where id = ${input.unitId} and closed_on is null`,
  )
  if (!unit) throw notFound()
  const refusal = whyNotPermitted('imports.upload', actor.posts, unit.path)
  if (refusal) throw refusal
  const sender: Sender = { posts: actor.posts.map(({ post, unitPath }) => ({ post, unitPath })) }
  const byName = kindByName(input.fileName)
  const notTheirs = byName && whyNotImport(importing, sender, unit.path, byName, [])
  if (notTheirs) throw notTheirs
  const file = await receiveFile(input.upload, services.secrets)
  try {
    if (file.bytes === 0)
      throw new Refusal('imports.empty-file', '文件是空的(0 字节),可能没有上传完整,请重新选择文件。', 'invalid')
    await services.door.asActor(actor, (db) =>
      fileImport(db, {
        importId: input.importId,
        unit,
        fileName: samePath(input.fileName),
        file,
        by: { id: actor.personId, name: actor.name },
        sender,
      }),
    )
  } catch (error) {
    if (!isDuplicate(error)) throw error
    await checkSame(importing, actor, input.importId, file)
  } finally {
    await file.discard()
  }
  await services.enqueue('read-import', { importId: input.importId }, `read-import ${input.importId}`)
  return { id: input.importId }
}

const checkSame = async (
  { services }: Importing,
  actor: Actor,
  importId: string,
  file: ReceivedFile,
): Promise<void> => {
  const [known] = await services.door.readAsActor<{ same: boolean }>(
    actor,
    sql`select file_digest = ${file.digest} as same from imports where id = ${importId} and created_by = ${actor.personId}`,
  )
  if (!known?.same) throw new Refusal('imports.id-taken', '这个编号已经用过,请重新选择文件再交。')
}
