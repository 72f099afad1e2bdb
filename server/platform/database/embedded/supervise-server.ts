import { isStartFault, type StartFault, startFault } from '../../data-folder/start-fault.ts'
import { stopOrphan } from './postmaster-file.ts'
import { type RunningServer, runServer, type ServerPlan } from './run-server.ts'

/** How an unexpected end of the server went on. */
export type ServerEnd = { readonly restarted: true } | { readonly restarted: false; readonly fault: StartFault }

/** The server as kept running. */
export type KeptServer = {
  pid(): number
  onExit(listener: (end: ServerEnd) => void): void
  stop(): Promise<void>
}

const most = { restarts: 5, withinMs: 60_000 }

/**
 * Restarts the server on its port when it ends by itself (killed, out of memory, crashed), at most five times a
 * minute; then gives up and says why.
 */
export function superviseServer(plan: ServerPlan, first: RunningServer, log: (line: string) => void): KeptServer {
  const listeners = new Set<(end: ServerEnd) => void>()
  const restarts: number[] = []
  let server = first
  let stopping = false
  let working: Promise<void> = Promise.resolve()

  const tell = (end: ServerEnd) => {
    for (const listener of listeners) listener(end)
  }
  const restart = async () => {
    log('the database server ended by itself; restarting it')
    try {
      checkPace(restarts)
      await stopOrphan(plan.files)
      server = await runServer(plan)
      watch()
      tell({ restarted: true })
    } catch (error) {
      log('the database server could not be restarted')
      tell({ restarted: false, fault: asFault(error) })
    }
  }
  const watch = () => {
    void server.gone.then(() => {
      if (!stopping) working = restart()
    })
  }
  watch()
  return {
    pid: () => server.pid,
    onExit: (listener) => void listeners.add(listener),
    async stop() {
      stopping = true
      await working
      await server.stop()
    },
  }
}

function checkPace(restarts: number[]): void {
  const now = Date.now()
  restarts.push(now)
  const recent = restarts.filter((at) => at > now - most.withinMs)
  if (recent.length <= most.restarts) return
  throw startFault(
    'database.keeps-failing',
    '内置数据库一分钟内多次停止，程序不再重启它；请查看数据文件夹 log 里的日志。',
  )
}

function asFault(error: unknown): StartFault {
  if (isStartFault(error)) return error
  return startFault('database.will-not-start', '内置数据库停止后没有能重新启动，详细原因见日志。', error)
}
