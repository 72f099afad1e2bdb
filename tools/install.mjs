// Installs what the program needs before `npm start` and `npm test`, once for each state of package-lock.json.
// Runs under the machine's own Node (20 or later); everything after it runs under the Node 24 that it installs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const marker = join(root, 'node_modules', '.tongxing-installed')
const turn = join(root, '.cache', 'installing')

main()

function main() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  // An address written into the lockfile would make every other office's registry or mirror useless.
  if (/^\s*"resolved": "https?:/m.test(lock)) {
    fail('package-lock.json 里写入了下载地址，请用本仓库的 .npmrc 重新生成它（npm install --package-lock-only）。')
  }
  const state = createHash('sha256').update(lock).digest('hex')
  if (isInstalled(state)) return
  takeTurn()
  try {
    if (isInstalled(state)) return
    install()
    checkNode()
    writeFileSync(marker, state)
  } catch (error) {
    if (error?.code === undefined) throw error
    fail(`程序文件夹 ${root} 不能写入（${error.code}），请检查权限和磁盘空间后再启动。`)
  } finally {
    rmSync(turn, { force: true })
  }
}

function isInstalled(state) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === state
}

/** Two starts at once: the second waits, else both would write the same folders. */
function takeTurn() {
  const deadline = Date.now() + 15 * 60_000
  for (;;) {
    try {
      mkdirSync(join(root, '.cache'), { recursive: true })
      writeFileSync(turn, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`程序文件夹 ${root} 不能写入（${error.code}），请检查权限和磁盘空间后再启动。`)
    }
    const holder = readTurn()
    if (holder === undefined || !isAlive(holder) || Date.now() > deadline) rmSync(turn, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
}

function readTurn() {
  try {
    // Empty for the moment between making and writing it: count that as held, by ourselves for want of a better name.
    return Number(readFileSync(turn, 'utf8')) || process.ppid
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function install() {
  console.log('正在安装所需的程序包，第一次需要几分钟 …')
  rmSync(marker, { force: true })
  // npm must run under the machine's Node: the one in node_modules may be about to be replaced.
  const node = process.env.npm_node_execpath ?? process.execPath
  const npm = process.env.npm_execpath
  const [command, ...words] = npm?.endsWith('.js') ? [node, npm] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  // `install` and not `ci`: a registry that holds no packages of other systems makes a lockfile without them, which `ci`
  // refuses whole. With --no-save the lockfile still decides every version and stays as it is. No install scripts of
  // others: the links and binaries we need are set up by the program itself.
  const options = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ]
  const shell = command.endsWith('.cmd')
  const ended = spawnSync(command, [...words, ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
  })
  if (ended.status === 0) return
  const reason = ended.error?.code === 'ENOENT' ? '没有找到 npm' : '上面是 npm 给出的原因'
  fail(`程序包没有安装成功（${reason}），请检查网络和 npm 镜像设置后再运行一次。`)
}

/** The Node that npm scripts will find: ours in node_modules, else the machine's. */
function checkNode() {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  const shell = process.platform === 'win32'
  const asked = spawnSync('node', ['--version'], { encoding: 'utf8', env: { ...process.env, PATH: path }, shell })
  const major = Number(/^v(\d+)\./.exec(asked.stdout ?? '')?.[1] ?? 0)
  if (major >= 24) return
  const found = major === 0 ? '没有可用的 Node' : `只有 Node ${major}`
  const kind = `${process.platform}-${process.arch}`
  fail(`本机（${kind}）${found}，程序需要 Node 24 或更高版本，随包附带的 Node 也不能在这里运行；请先安装 Node 24。`)
}

function fail(sentence) {
  rmSync(turn, { force: true })
  console.error(sentence)
  process.exit(1)
}
