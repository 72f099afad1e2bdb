import { join } from 'node:path'
import type { ClientBase } from 'pg'
import { startFault } from '../data-folder/start-fault.ts'
import { ensureClusterRoles, type RolePasswords } from './cluster-roles.ts'
import { labelOf, type Migration, settingsOf } from './read-migrations.ts'

/** The program's own steps. */
export const migrationsFolder = join(import.meta.dirname, '../../../database')

/** What migrating did: labels of the steps applied now, and the number the schema stands at. */
export type MigrationReport = { readonly applied: string[]; readonly version: number }

type AppliedRow = { number: number; capability: string; name: string; checksum: string }

const patienceMs = 60_000

/**
 * Brings the schema forward, each step in its own transaction, and makes the server's roles. Two starts at once take
 * turns; the second finds nothing to do. Refuses `migrations.*`: a database of a newer program, a step changed after it
 * was applied, a step numbered below one already applied, a step that fails (nothing of it stays).
 */
export async function migrate(
  owner: ClientBase,
  steps: readonly Migration[],
  options: { readonly passwords: RolePasswords; readonly log?: (label: string, tookMs: number) => void },
): Promise<MigrationReport> {
  await takeTurn(owner)
  try {
    await ensureClusterRoles(owner, options.passwords)
    await ensureLedger(owner)
    const done = await owner.query<AppliedRow>(
      'select number, capability, name, checksum from schema_migrations order by number',
    )
    const waiting = whatIsWaiting(steps, done.rows)
    await checkSettable(owner, settingsOf(waiting))
    for (const step of waiting) await applyStep(owner, step, options.log)
    return { applied: waiting.map(labelOf), version: steps.at(-1)?.number ?? 0 }
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('tongxing migrations'))`)
  }
}

/** Steps not yet applied, in order; refuses when the database's past is not a beginning of ours. */
export function whatIsWaiting(steps: readonly Migration[], done: readonly AppliedRow[]): Migration[] {
  const ours = new Map(steps.map((step) => [step.number, step]))
  const highest = done.at(-1)?.number ?? -1
  for (const row of done) {
    const step = ours.get(row.number)
    if (step === undefined) throw newerDatabase(row)
    if (step.checksum === row.checksum) continue
    throw startFault(
      'migrations.changed',
      `数据库升级文件 ${labelOf(step)} 在执行之后被改动过，程序不会在这样的数据库上启动；请换回发布的版本。数据没有改动。`,
    )
  }
  const waiting = steps.filter((step) => !done.some((row) => row.number === step.number))
  const late = waiting.find((step) => step.number < highest)
  if (late === undefined) return waiting
  throw startFault(
    'migrations.out-of-order',
    `数据库升级文件 ${labelOf(late)} 的编号小于已经执行过的 ${highest}，升级只能向前；数据没有改动。`,
  )
}

function newerDatabase(row: AppliedRow) {
  return startFault(
    'migrations.newer',
    `数据库已由更新版本的同行升级过（${labelOf(row)}），请用新版本启动；数据没有改动。`,
  )
}

async function takeTurn(owner: ClientBase): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const answer = await owner.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('tongxing migrations')) as mine`,
    )
    if (answer.rows[0]?.mine) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw startFault('migrations.busy', '另一个同行进程正在升级数据库，请等它完成后再启动。')
}

async function ensureLedger(owner: ClientBase): Promise<void> {
  const found = await owner.query<{ there: boolean }>(`select to_regclass('schema_migrations') is not null as there`)
  if (found.rows[0]?.there) return
  await owner.query(`
    create table if not exists schema_migrations (
      number int primary key,
      capability text not null,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      took_ms int not null
    );
    alter table schema_migrations enable row level security;
    comment on table schema_migrations is 'Steps of the schema applied to this database; written by the owner only';
    comment on column schema_migrations.number is 'Order across all capabilities';
    comment on column schema_migrations.capability is 'Folder of the step';
    comment on column schema_migrations.name is 'File name without number';
    comment on column schema_migrations.checksum is 'SHA-256 of the text, line ends normalised';
    comment on column schema_migrations.applied_at is 'When it was applied';
    comment on column schema_migrations.took_ms is 'Milliseconds it took';
  `)
}

async function checkSettable(owner: ClientBase, settings: readonly string[]): Promise<void> {
  const found = await owner.query<{ setting: string; who: string }>(
    `select setting, quote_ident(current_user) as who from unnest($1::text[]) as setting
      where not has_parameter_privilege(setting, 'set')`,
    [settings],
  )
  const who = found.rows[0]?.who
  if (who === undefined) return
  const names = found.rows.map((row) => row.setting).join(', ')
  throw startFault(
    'database.role',
    `数据库用户 ${who} 还不能设定程序的会话参数，请数据库管理员执行一次：grant set on parameter ${names} to ${who};`,
  )
}

async function applyStep(
  owner: ClientBase,
  step: Migration,
  log?: (label: string, tookMs: number) => void,
): Promise<void> {
  const started = Date.now()
  await owner.query('begin')
  try {
    await owner.query(step.sql)
    const tookMs = Date.now() - started
    await owner.query(
      'insert into schema_migrations (number, capability, name, checksum, took_ms) values ($1, $2, $3, $4, $5)',
      [step.number, step.capability, step.name, step.checksum, tookMs],
    )
    await owner.query('commit')
    log?.(labelOf(step), tookMs)
  } catch (error) {
    await owner.query('rollback')
    throw startFault(
      'migrations.failed',
      `数据库升级在 ${labelOf(step)}${placeOf(step, error)} 失败，这一步已全部撤回：${messageOf(error)}`,
      error,
    )
  }
}

function placeOf(step: Migration, error: unknown): string {
  if (!(error instanceof Error) || !('position' in error)) return ''
  // PostgreSQL counts characters, not UTF-16 units.
  const before = [...step.sql].slice(0, Number(error.position) - 1)
  return ` 第 ${before.filter((char) => char === '\n').length + 1} 行`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
