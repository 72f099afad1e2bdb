import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { isAlive } from './platform/data-folder/process-identity.ts'

const root = join(import.meta.dirname, '..')
const output = join(root, 'dist/web')
const stamp = join(output, 'built-from')

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))

/** What the pages were built from; undefined while they are being built. */
const stamped = (): string | undefined => {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return undefined
  }
}

/** A digest of everything the web application is made of. */
const source = (): string => {
  const hash = createHash('sha256')
  const files = [
    join(root, 'package-lock.json'),
    ...['web', 'contract'].flatMap((room) => filesBelow(join(root, room))),
  ]
  for (const file of files.sort()) hash.update(relative(root, file)).update(readFileSync(file))
  return hash.digest('hex')
}

const runVite = async (begun: (pid: number) => void): Promise<void> => {
  // The packer of the offline pages never removes its temporary folders.
  const room = mkdtempSync(join(tmpdir(), 'tongxing-build-'))
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      // A page is built as it is served, whoever asks: a test run must not get another one.
      env: { ...process.env, NODE_ENV: 'production', TMPDIR: room, TEMP: room },
    },
  )
  if (child.pid) begun(child.pid)
  // Whoever leaves meanwhile takes the compiler along.
  const end = (): void => {
    child.kill('SIGKILL')
    rmSync(room, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
    if (code !== 0) throw new Error('页面没有编译成功,原因见上面几行;内存或磁盘不足时也会这样。')
  } finally {
    process.off('exit', end)
    rmSync(room, { recursive: true, force: true })
  }
}

const turn = join(root, 'dist/building')

const isHeld = (): boolean => {
  try {
    const holders = readFileSync(turn, 'utf8').split(' ').map(Number)
    // Empty for the moment between making and writing it.
    if (!holders[0]) return Date.now() - statSync(turn).mtimeMs < 10_000
    return holders.some(isAlive)
  } catch {
    // Given back meanwhile.
    return false
  }
}

// Two builders at once would write over each other's files. A killed one's compiler may still be writing: it holds the
// turn from when it runs.
const takeTurn = async (): Promise<{ pass: (pid: number) => void; release: () => void }> => {
  mkdirSync(join(root, 'dist'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' })
      return {
        pass: (pid) => writeFileSync(turn, `${process.pid} ${pid}`),
        release: () => rmSync(turn, { force: true }),
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (!isHeld()) rmSync(turn, { recursive: true, force: true })
      else await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Builds the web application when its sources changed since the last time; answers the folder to serve. */
export const buildWeb = async (say: (line: string) => void): Promise<string> => {
  const wanted = source()
  const isBuilt = (): boolean => stamped() === wanted
  if (isBuilt()) return output
  const { pass, release } = await takeTurn()
  try {
    if (isBuilt()) return output
    say('正在准备页面(只在首次启动或更新后需要)……')
    // Before the compiler empties the folder: who sees the stamp sees a whole build.
    rmSync(stamp, { force: true })
    await runVite(pass)
    writeFileSync(stamp, wanted)
    return output
  } finally {
    release()
  }
}

/** Copies whole pages: a copy during which another build began is thrown away and made again. */
export const copyWeb = async (to: string): Promise<void> => {
  for (;;) {
    const from = await buildWeb(() => {})
    const built = stamped()
    if (copyWhole(from, to, () => built !== undefined && stamped() === built)) return
  }
}

/** Copies a folder that others may be emptying: false, and nothing is left, where it was no longer whole at the end. */
export const copyWhole = (from: string, to: string, isWhole: () => boolean): boolean => {
  try {
    cpSync(from, to, { recursive: true })
    if (isWhole()) return true
  } catch (error) {
    if (isWhole()) throw error
  }
  rmSync(to, { recursive: true, force: true, maxRetries: 5 })
  return false
}

if (process.argv[1] === import.meta.filename) await buildWeb((line) => process.stdout.write(`${line}\n`))
