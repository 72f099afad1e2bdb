import type { Readable } from 'node:stream'
import { type attachToCase as declared, type getCaseFile as opened, stateOf } from '#contract/flows'
import { notFound, type ParamsOf, type QueryOf, Refusal } from '#contract/platform'
import {
  type Actor,
  audit,
  type FileAnswer,
  fileNameOf,
  type MediaType,
  mediaTypeOf,
  readBounded,
  sql,
} from '#server/platform'
import { asParticipant } from './desks.ts'
import type { Engine } from './engine.ts'
import { findCases } from './find-case.ts'
import { movesOffered } from './moves-offered.ts'
import type { Case } from './procedure.ts'
import { rolesOver } from './roles-over.ts'

const mostOfOneCase = 30
const family = ['applicant', 'guardian', 'student']

// Who may do something with the case now may add papers to it; nobody else, and nobody once it is closed.
const whyNotAttach = (engine: Engine, me: Actor, standing: Case): Refusal | undefined => {
  const { flow } = engine.ruledAt(engine.procedureOf(standing.flow), standing.place)
  if (stateOf(flow, standing.state)?.final) return new Refusal('flows.closed', '这件事已经办结,不能再加材料。')
  const roles = rolesOver(flow, me, standing, engine.relationsOver)
  const offered = movesOffered(flow, { state: standing.state, roles, met: [] })
  return offered.length > 0 ? undefined : new Refusal('flows.not-your-post', '这一步不由您的岗位办理。', 'forbidden')
}

const getFor = (engine: Engine, actor: Actor, schoolId: string, caseId: string) =>
  asParticipant(engine.services.door, actor, async (db, me) => {
    const [standing] = await findCases(db, schoolId, [caseId])
    if (!standing) throw notFound()
    return { me, standing }
  })

/**
 * Adds a photo or PDF to a case: read bounded, known by its first bytes, stored encrypted before its row. The same id twice
 * stores once. Refuses not-found, `flows.closed`, `flows.not-your-post`, `flows.too-many-files`, `platform.file-*`.
 */
export const attachToCase = async (
  engine: Engine,
  actor: Actor,
  { schoolId, caseId, fileId }: ParamsOf<typeof declared>,
  { purpose }: QueryOf<typeof declared>,
  upload: Readable,
): Promise<{ id: string }> => {
  const { me, standing } = await getFor(engine, actor, schoolId, caseId)
  const refusal = whyNotAttach(engine, me, standing)
  if (refusal) throw refusal
  const bytes = await readBounded(upload)
  const type = mediaTypeOf(bytes)
  if (!type) throw new Refusal('flows.file-kind', '只能附照片(JPG、PNG、WebP)或 PDF。', 'invalid')
  const sha256 = await engine.services.files.save(bytes)
  return engine.services.door.asJob('importer', async (db) => {
    const stored =
      await db.change(sql`insert into flow_files (school_id, id, case_id, student_id, scope, secrecy, author_id,
        author_name, purpose, media_type, byte_size, sha256, at, excluded)
      select school_id, ${fileId}, id, student_id, scope, secrecy, ${me.personId}, ${me.name}, ${purpose}, ${type},
        ${bytes.length}, ${sha256}, ${engine.now()}, excluded
      from flow_cases c where school_id = ${schoolId} and id = ${caseId}
        and (select count(*) from flow_files f where f.school_id = c.school_id and f.case_id = c.id) < ${mostOfOneCase}
      on conflict (school_id, id) do nothing`)
    const known = await db.first<{ same: boolean }>(sql`select case_id = ${caseId} and author_id = ${me.personId}
        and sha256 = ${sha256} as same from flow_files where school_id = ${schoolId} and id = ${fileId}`)
    if (!known) throw new Refusal('flows.too-many-files', `一件事项最多 ${mostOfOneCase} 份材料。`)
    if (!known.same) throw new Refusal('flows.id-taken', '材料的编号已被使用,没有写入,请重新上传。')
    if (stored > 0)
      await audit(db, {
        actorId: me.personId,
        action: 'flows.attach-file',
        outcome: 'done',
        scope: standing.scope,
        schoolId,
        subject: caseId,
        detail: { bytes: bytes.length },
      })
    return { id: fileId }
  })
}

/** Opens a paper of a case for who sees the case, not for the family beside their own; each opening is audited. [C13] */
export const getCaseFile = async (
  engine: Engine,
  actor: Actor,
  { schoolId, caseId, fileId }: ParamsOf<typeof opened>,
): Promise<FileAnswer> => {
  const { me, standing } = await getFor(engine, actor, schoolId, caseId)
  const { flow } = engine.ruledAt(engine.procedureOf(standing.flow), standing.place)
  const roles = rolesOver(flow, me, standing, engine.relationsOver)
  const isStaff = roles.some((role) => !family.includes(role))
  const row = await engine.services.door.asJob('importer', async (db) => {
    const found = await db.first<{
      type: MediaType
      sha256: Buffer
      authorId: string
    }>(sql`select media_type as type, sha256,
        author_id as "authorId" from flow_files where school_id = ${schoolId} and case_id = ${caseId} and id = ${fileId}`)
    if (!found || (!isStaff && found.authorId !== me.personId)) throw notFound()
    await audit(db, {
      actorId: me.personId,
      action: 'flows.get-file',
      outcome: 'read',
      scope: standing.scope,
      schoolId,
      subject: caseId,
    })
    return found
  })
  const content = await engine.services.files.find(row.sha256)
  if (!content) throw new Error('a stored file is missing from the file store')
  return { fileName: fileNameOf(fileId, row.type), mediaType: row.type, content, inline: true }
}
