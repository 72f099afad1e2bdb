import { Refusal } from '#contract/platform'
import { problemsOfContent, type RecordField } from '#contract/policies'
import { type Db, type Secrets, sql } from '#server/platform'
import type { Filled } from './procedure.ts'

const refuse = (problems: readonly { field: string; sentence: string }[]): Refusal =>
  new Refusal(
    'flows.content',
    '填写的内容有误,请看各项提示。',
    'invalid',
    problems.map(({ field, sentence }) => ({ field, reason: sentence })),
  )

/** Checks everything filled in. Refuses `flows.content` naming each field and the reason. */
export const checkFilled = (fields: readonly RecordField[], filled: Filled): void => {
  const problems = problemsOfContent({ fields }, filled)
  if (problems.length > 0) throw refuse(problems)
}

/** Checks a draft: what is filled in must be right, what is missing may come later. */
export const checkDraft = (fields: readonly RecordField[], filled: Filled): void => {
  const optional = fields.map(({ requiredWhen: _, ...field }) => ({ ...field, required: false }))
  checkFilled(optional, filled)
}

/** Whether a request is complete. */
export const isComplete = (fields: readonly RecordField[], filled: Filled): boolean =>
  problemsOfContent({ fields }, filled).length === 0

/** What was filled in with a request; empty before anything was saved. */
export const readContent = async (db: Db, secrets: Secrets, schoolId: string, caseId: string): Promise<Filled> => {
  const row = await db.first<{ sealed: Buffer | null }>(
    sql`select content_cipher as sealed from flow_cases where school_id = ${schoolId} and id = ${caseId}`,
  )
  return row?.sealed ? (JSON.parse(secrets.open(row.sealed)) as Filled) : {}
}

/** The same of many cases at once. */
export const readContents = async (
  db: Db,
  secrets: Secrets,
  schoolId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Filled>> => {
  const rows = await db.rows<{ id: string; sealed: Buffer }>(sql`select id, content_cipher as sealed from flow_cases
    where school_id = ${schoolId} and id = any(${caseIds}::uuid[]) and content_cipher is not null`)
  return new Map(rows.map(({ id, sealed }) => [id, JSON.parse(secrets.open(sealed)) as Filled]))
}

/** Seals and keeps what was filled in. */
export const writeContent = (
  db: Db,
  secrets: Secrets,
  key: { readonly schoolId: string; readonly caseId: string },
  filled: Filled,
  at: Date,
): Promise<number> =>
  db.change(sql`update flow_cases set content_cipher = ${secrets.seal(JSON.stringify(filled))}, content_at = ${at}
    where school_id = ${key.schoolId} and id = ${key.caseId}`)
