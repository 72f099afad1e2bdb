import type { Readable } from 'node:stream'
import { notFound, type ParamsOf, Refusal } from '#contract/platform'
import { type attachFile as endpoint, whyNotAttach } from '#contract/records'
import { type Actor, audit, mediaTypeOf, readBounded, type Services, sql } from '#server/platform'
import type { Registry } from '#server/policies'
import { findStanding } from './find-standing.ts'

const mostOfOneRecord = 20

const refuse = (code: string, sentence: string, kind: 'invalid' | 'too-large' = 'invalid') =>
  new Refusal(code, sentence, kind)

/**
 * Attaches a photo or PDF to a record: read bounded, known by its first bytes, stored encrypted and on disk before the
 * row that names it commits. Sending the same file twice stores once. [C13]
 * Refuses not-found, `records.over`, `records.not-yours`, `platform.file-*`, `records.file-kind`,
 * `records.too-many-files`, `records.id-taken`.
 */
export const attachFile = async (
  services: Services,
  registry: Registry,
  actor: Actor,
  { schoolId, recordId, attachmentId }: ParamsOf<typeof endpoint>,
  upload: Readable,
): Promise<{ id: string }> => {
  const today = services.today()
  // Asked before the bytes are taken, so that nobody fills the store with files for records that are not theirs.
  await services.door.asActor(actor, async (db, current) => {
    const record = await findStanding(db, registry, schoolId, recordId, today)
    if (!record) throw notFound()
    const refusal = whyNotAttach(record, current)
    if (refusal) throw refusal
  })
  const bytes = await readBounded(upload)
  const type = mediaTypeOf(bytes)
  if (!type) throw refuse('records.file-kind', '只能附照片(JPG、PNG、WebP)或 PDF。')
  const sha256 = await services.files.save(bytes)
  return services.door.asActor(actor, async (db, current) => {
    const record = await findStanding(db, registry, schoolId, recordId, today)
    const refusal = record ? whyNotAttach(record, current) : notFound()
    if (refusal || !record) throw refusal ?? notFound()
    const stored = await db.change(sql`insert into attachments (school_id, id, record_id, student_id, scope, secrecy,
        author_id, media_type, byte_size, sha256)
      select ${schoolId}, ${attachmentId}, ${recordId}, ${record.studentId}, ${record.scope}, ${record.secrecy},
        ${current.personId}, ${type}, ${bytes.length}, ${sha256}
      where (select count(*) from attachments where school_id = ${schoolId} and record_id = ${recordId}) < ${mostOfOneRecord}
      on conflict (school_id, id) do nothing`)
    const known = await db.first<{
      same: boolean
    }>(sql`select record_id = ${recordId} and author_id = ${current.personId}
        and sha256 = ${sha256} as same
      from attachments where school_id = ${schoolId} and id = ${attachmentId}`)
    if (stored === 0 && !known) throw refuse('records.too-many-files', `一条记录最多 ${mostOfOneRecord} 个附件。`)
    if (!known?.same) throw new Refusal('records.id-taken', '附件的编号已被使用,没有写入,请重新上传。')
    if (stored > 0)
      await audit(db, {
        actorId: current.personId,
        action: 'records.attach-file',
        outcome: 'done',
        scope: record.scope,
        schoolId,
        subject: recordId,
        detail: { bytes: bytes.length },
      })
    return { id: attachmentId }
  })
}
