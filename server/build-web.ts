import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
const output = join(root, 'dist/web')
const stamp = join(output, 'built-from')

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))

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

const runVite = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'],
      // A page is built as it is served, whoever asks: a test run must not get another one.
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
    )
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('页面没有编译成功'))))
  })

const turn = join(root, 'dist/building')
/** A build takes seconds; a mark this old was left by one that was killed. */
const abandonedMs = 120_000

const isAbandoned = (): boolean => {
  const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs
  return since !== undefined && Date.now() - since > abandonedMs
}

// Two builders at once would write over each other's files.
const takeTurn = async (): Promise<() => void> => {
  mkdirSync(join(root, 'dist'), { recursive: true })
  const release = () => rmSync(turn, { recursive: true, force: true })
  for (;;) {
    try {
      mkdirSync(turn)
      return release
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (isAbandoned()) release()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Builds the web application when its sources changed since the last time; answers the folder to serve. */
export const buildWeb = async (say: (line: string) => void): Promise<string> => {
  const wanted = source()
  const isBuilt = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isBuilt()) return output
  const release = await takeTurn()
  try {
    if (isBuilt()) return output
    say('正在准备页面(只在首次启动或更新后需要)……')
    await runVite()
    writeFileSync(stamp, wanted)
    return output
  } finally {
    release()
  }
}

if (process.argv[1] === import.meta.filename) await buildWeb((line) => process.stdout.write(`${line}\n`))
