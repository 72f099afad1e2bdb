import { notFound, type ParamsOf } from '#contract/platform'
import type { getAttachment as endpoint } from '#contract/records'
import { type Actor, audit, type FileAnswer, fileNameOf, type MediaType, type Services, sql } from '#server/platform'

interface Row {
  readonly recordId: string
  readonly scope: string
  readonly type: MediaType
  readonly sha256: Buffer
}

/** Opens an attachment for those who see its record; each opening stands in the audit log. [C13] */
export const getAttachment = async (
  services: Services,
  actor: Actor,
  { schoolId, attachmentId }: ParamsOf<typeof endpoint>,
): Promise<FileAnswer> => {
  // Joined with the record: an attachment outlives neither its purge nor anybody's sight of it.
  const row = await services.door.asActor(actor, async (db, current) => {
    const found = await db.first<Row>(sql`select a.record_id as "recordId", a.scope, a.media_type as type, a.sha256
      from attachments a join records r on r.school_id = a.school_id and r.id = a.record_id
      where a.school_id = ${schoolId} and a.id = ${attachmentId} and a.purged_at is null and r.purged_at is null`)
    if (!found) throw notFound()
    await audit(db, {
      actorId: current.personId,
      action: 'records.get-attachment',
      outcome: 'read',
      scope: found.scope,
      schoolId,
      subject: found.recordId,
    })
    return found
  })
  const content = await services.files.find(row.sha256)
  if (!content) throw new Error('a stored attachment is missing from the file store')
  return { fileName: fileNameOf(attachmentId, row.type), mediaType: row.type, content, inline: true }
}
