import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg'
import { startFault } from '../data-folder/start-fault.ts'

/** Passwords of the two roles that log in. */
export type RolePasswords = { readonly app: string; readonly worker: string }

/**
 * The roles of every installation. `app` serves people, `worker` runs jobs; neither inherits, each takes a named role
 * for what it does (`set role gate` while signing in). The others hold narrow grants and cannot log in.
 */
const roles = [
  { name: 'gate', login: false, members: [] },
  { name: 'importer', login: false, members: [] },
  { name: 'classifier', login: false, members: [] },
  { name: 'sealer', login: false, members: [] },
  // Moves duty progress and figures inside the transaction of whoever recorded, without showing that person more rows.
  { name: 'counter', login: false, members: [] },
  // Reads figures of the one range a person looks over, which an index then bounds instead of a question per row.
  { name: 'overlooker', login: false, members: [] },
  { name: 'app', login: true, members: ['gate', 'counter', 'overlooker'] },
  { name: 'worker', login: true, members: ['gate', 'importer', 'classifier', 'sealer', 'counter'] },
] as const

type RoleRow = { rolname: string; rolsuper: boolean; rolbypassrls: boolean; rolcanlogin: boolean }

/**
 * Makes the roles that are missing and sets both passwords. Roles belong to the whole server, so several databases
 * share them. Needs CREATEROLE unless an administrator made them before. Refuses `database.role` when a role of ours
 * could pass the row policies.
 */
export async function ensureClusterRoles(owner: ClientBase, passwords: RolePasswords): Promise<void> {
  for (const role of roles) await ensureRole(owner, role.name, role.login)
  for (const role of roles) {
    for (const member of role.members) await ensureMembership(owner, member, role.name)
  }
  await setPassword(owner, 'app', passwords.app)
  await setPassword(owner, 'worker', passwords.worker)
}

async function findRole(owner: ClientBase, name: string): Promise<RoleRow | undefined> {
  const found = await owner.query<RoleRow>(
    'select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = $1',
    [name],
  )
  return found.rows[0]
}

async function ensureRole(owner: ClientBase, name: string, login: boolean): Promise<void> {
  const found = await findRole(owner, name)
  if (found === undefined) {
    await createRole(owner, name, login)
    return ensureOwnerMayTake(owner, name)
  }
  if (found.rolsuper || found.rolbypassrls) {
    throw startFault(
      'database.role',
      `数据库里的角色 ${name} 权限过大，会绕过按行授权，请由数据库管理员取消它的超级用户和 BYPASSRLS。`,
    )
  }
  if (found.rolcanlogin !== login)
    await attempt(owner, name, `alter role ${escapeIdentifier(name)} ${login ? 'login' : 'nologin'}`)
}

async function createRole(owner: ClientBase, name: string, login: boolean): Promise<void> {
  const attributes = `${login ? 'login' : 'nologin'} noinherit nosuperuser nobypassrls nocreatedb nocreaterole`
  await attempt(owner, name, `create role ${escapeIdentifier(name)} ${attributes}`)
}

/** Lets the owner hand functions and views to the role; without inheriting what the role may see. */
async function ensureOwnerMayTake(owner: ClientBase, name: string): Promise<void> {
  const who = await owner.query<{ version: number; superuser: boolean; taken: boolean }>(
    `select current_setting('server_version_num')::int as version, rolsuper as superuser,
            pg_has_role(current_user, $1, 'member') and current_setting('server_version_num')::int < 160000 as taken
       from pg_roles where rolname = current_user`,
    [name],
  )
  const row = who.rows[0]
  if (row === undefined || row.superuser || row.taken) return
  const option = row.version >= 160_000 ? ' with inherit false, set true' : ''
  await attempt(owner, name, `grant ${escapeIdentifier(name)} to current_user${option}`)
}

async function ensureMembership(owner: ClientBase, group: string, member: string): Promise<void> {
  const found = await owner.query(`select 1 from pg_auth_members where roleid = $1::regrole and member = $2::regrole`, [
    group,
    member,
  ])
  if (found.rowCount) return
  await attempt(owner, member, `grant ${escapeIdentifier(group)} to ${escapeIdentifier(member)}`)
}

async function setPassword(owner: ClientBase, name: string, password: string): Promise<void> {
  await attempt(owner, name, `alter role ${escapeIdentifier(name)} password ${escapeLiteral(scramVerifier(password))}`)
}

/** Another database of the same server may do the same at this moment; the second try then finds it done. */
async function attempt(owner: ClientBase, name: string, sql: string): Promise<void> {
  for (let left = 5; ; left--) {
    try {
      await owner.query(sql)
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === '42710' || (code === '23505' && sql.startsWith('create'))) return
      if (code === '42501') {
        const user = '数据库用户缺少 CREATEROLE 权限'
        throw startFault('database.role', `${user}，无法准备角色 ${name}，请由数据库管理员授予该权限后再启动。`, error)
      }
      if (left === 0 || (code !== 'XX000' && code !== '23505')) throw error
    }
  }
}

/** The stored form of a password (RFC 5803), made here so that the password itself never reaches the server's log. */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}
