import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { Refusal } from '#contract/platform'
import type { Actor } from '#server/platform'
import type { Someone } from '../test-world.ts'
import { getImport } from './get-import.ts'
import type { Importing } from './importing.ts'
import { requestCommit } from './request-commit.ts'
import { requestPreview } from './request-preview.ts'
import { importTasks } from './tasks.ts'
import { fixtures, openCounty, type TestCounty } from './test-county.ts'
import { uploadImport } from './upload-import.ts'

export let county: TestCounty
export let importing: Importing
export let officer: Someone
const waiting: { task: string; importId: string }[] = []

/** What waits on the queue, taken off it. */
export const takeWaiting = () => waiting.splice(0)
/** Puts tasks back on the queue. */
export const putBack = (tasks: typeof waiting) => void waiting.push(...tasks)

/** Runs what was put on the queue, as the queue would. */
export const work = async (): Promise<void> => {
  const tasks = importTasks(importing)
  for (let next = waiting.shift(); next; next = waiting.shift())
    await tasks[next.task]?.({ importId: next.importId }, { number: 1, last: true })
}

export const bytesOf = (file: string): Buffer => readFileSync(join(fixtures, file))

export const upload = async (
  actor: Actor,
  content: Buffer | Readable,
  fileName: string,
  unitId = county.unit.id,
): Promise<string> => {
  const importId = uuidv7()
  const stream = Buffer.isBuffer(content) ? Readable.from([content]) : content
  await uploadImport(importing, actor, { unitId, importId, fileName, upload: stream })
  return importId
}

export const preview = async (actor: Actor, importId: string): Promise<void> => {
  const view = await getImport(importing, actor, importId)
  const { statement, mapping } = view
  if (!statement) throw new Error(`not read: ${view.refusal?.sentence}`)
  await requestPreview(importing, actor, importId, { statement, mapping })
  await work()
}

export const bringAs = async (actor: Actor, content: Buffer, fileName: string, unitId?: string): Promise<string> => {
  const importId = await upload(actor, content, fileName, unitId)
  await work()
  await preview(actor, importId)
  await requestCommit(importing, actor, importId)
  await work()
  return importId
}

export const refusalOf = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  throw new Error(`no refusal but ${String(error)}`)
}

export const kept = async (importId: string) => {
  const counts: Record<string, number> = {}
  for (const [table, column] of [
    ['imports', 'id'],
    ['import_files', 'import_id'],
    ['import_rows', 'import_id'],
    ['import_staged', 'import_id'],
    ['import_matches', 'import_id'],
  ] as const) {
    const [row] = await county.rows<{ many: number }>(
      `select count(*)::int as many from ${table} where ${column} = $1`,
      [importId],
    )
    counts[table] = row?.many ?? -1
  }
  return counts
}

export const students = async (): Promise<number> =>
  (
    await county.rows<{ many: number }>(`select count(*)::int as many from students where scope ^@ $1`, [
      county.unit.path,
    ])
  )[0]?.many ?? -1

export const csv = (...lines: string[]): Buffer => Buffer.from(`﻿${lines.join('\n')}\n`)
export const head = '学校名称,年级,班级,学号,姓名,性别,出生日期,身份证件号,监护人1姓名,监护人1电话'

/** A county with its officer, and a queue that a test works off by itself. */
export const openDesk = async (): Promise<void> => {
  county = await openCounty()
  importing = {
    ...county.importing,
    services: {
      ...county.importing.services,
      enqueue: async (task, payload) => void waiting.push({ task, ...(payload as { importId: string }) }),
    },
  }
  officer = await county.world.someone('county-aid-officer', county.unit)
}

export const closeDesk = (): Promise<void> | undefined => county?.close()
