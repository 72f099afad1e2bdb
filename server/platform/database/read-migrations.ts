import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFault } from '../data-folder/start-fault.ts'

/** One forward step of the schema: `database/<capability>/<number>-<name>.sql`. */
export type Migration = {
  readonly number: number
  readonly capability: string
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/**
 * All steps below `folder`, in the order of their numbers across capabilities. Refuses `migrations.files` on doubled
 * numbers and on files that end the transaction which the step runs in.
 */
export function readMigrations(folder: string): Migration[] {
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readCapability(folder, entry.name))
    .sort((left, right) => left.number - right.number)
  found.forEach((step, index) => {
    const before = found[index - 1]
    if (before?.number === step.number) {
      throw startFault('migrations.files', `数据库升级文件编号重复：${labelOf(before)} 与 ${labelOf(step)}。`)
    }
  })
  return found
}

/**
 * Session settings (`app.…`) whose role defaults the steps set. Only a superuser may, or an owner who was granted
 * `set on parameter` for them: the embedded server does that, an outside one must be asked.
 */
export function settingsOf(steps: readonly Migration[]): string[] {
  const found = steps.flatMap((step) =>
    [...step.sql.matchAll(/\balter\s+role\s+\w+\s+set\s+([a-z]\w*\.[a-z]\w*)\s/gi)].map((match) => match[1] ?? ''),
  )
  return [...new Set(found)]
}

/** `people/0007-staff`, as logs and sentences name a step. */
export function labelOf(step: { number: number; capability: string; name: string }): string {
  return `${step.capability}/${String(step.number).padStart(4, '0')}-${step.name}`
}

function readCapability(folder: string, capability: string): Migration[] {
  return readdirSync(join(folder, capability)).flatMap((file) => {
    const parts = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file)
    if (parts?.[1] === undefined || parts[2] === undefined) {
      if (!file.endsWith('.sql')) return []
      throw startFault('migrations.files', `数据库升级文件 ${capability}/${file} 的名字应为“四位编号-英文名.sql”。`)
    }
    // A checkout with Windows line ends is still the same step.
    const sql = readFileSync(join(folder, capability, file), 'utf8').replaceAll('\r\n', '\n')
    if (
      /^\s*(begin|start transaction|commit|end|rollback|abort)\s*(work|transaction)?\s*;/im.test(withoutBodies(sql))
    ) {
      throw startFault('migrations.files', `数据库升级文件 ${capability}/${file} 不得自行开始或结束事务。`)
    }
    const checksum = createHash('sha256').update(sql).digest('hex')
    return [{ number: Number(parts[1]), capability, name: parts[2], sql, checksum }]
  })
}

/** The text without function bodies, whose `end;` is not a transaction's. */
function withoutBodies(sql: string): string {
  return sql.replaceAll(/(\$[a-z_]*\$)[\s\S]*?\1/gi, '').replaceAll(/--[^\n]*/g, '')
}
