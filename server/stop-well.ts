import { setTimeout as pause } from 'node:timers/promises'
import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'
import { onStop } from './early-stop.ts'

/** How a running program is left. */
export interface Stopping {
  /** Whether the end has begun, for whatever reason. */
  readonly begun: () => boolean
}

export interface StopWishes {
  readonly log: Logger
  readonly say: (line: string) => void
  /** Gives back what the work holds; waits for work under way. */
  readonly closeWork: () => Promise<void>
  /** Ends what the work stands on, also under work that has not ended. */
  readonly closeGround: () => Promise<void>
  /** How long work under way may take to its end. */
  readonly workPatienceMs?: number
}

const workPatience = 20_000
const wholePatience = 60_000
// Under npm one Ctrl-C arrives twice, from the terminal and from npm: only a later one is a person who cannot wait.
const oneSignalMs = 1_000

// The library's own ears end the program at once, with 1, at a second signal or fault: here some of them are one stop.
const deaf: closeWithGrace.AllEvents[] = [
  ...['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV'],
  ...['SIGUSR2', 'SIGTERM', 'uncaughtException', 'unhandledRejection', 'beforeExit'],
] as closeWithGrace.AllEvents[]

/** Answers whether `work` ended within the time. */
const within = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  const patience = new AbortController()
  const tooLate = pause(ms, false, { signal: patience.signal }).catch(() => true)
  try {
    return await Promise.race([work.then(() => true), tooLate])
  } finally {
    patience.abort()
  }
}

/**
 * Heeds signals and faults from now on. A stop ends with 0, whatever breaks off with it: what breaks while everything is
 * being closed (a connection that ends with its database) is the closing itself. A fault before a stop ends with 1, as
 * does a stop that takes longer than a minute or is asked for twice.
 */
export const stopWell = ({ log, say, closeWork, closeGround, workPatienceMs }: StopWishes): Stopping => {
  let begunAt: number | undefined
  let isBroken = false
  const tell = (what: string) => (error: unknown) => log.error({ name: (error as Error | undefined)?.name }, what)
  const close = async (): Promise<void> => {
    const work = closeWork().catch(tell('the work was not closed in order'))
    if (!(await within(work, workPatienceMs ?? workPatience))) {
      say('后台工作没有做完就停下了;已确认的内容都在,下次启动会接着做。')
      // It will say that its database is gone.
      log.level = 'silent'
    }
    await closeGround().catch((error) => {
      tell('the database was not closed in order')(error)
      isBroken = true
    })
    if (isBroken) throw new Error('not left in order')
  }
  const cutShort = (): void =>
    void process.stderr.write('停止得太慢,已强行结束;已确认的内容都在,下次启动会自行恢复。\n')
  const { close: end } = closeWithGrace({ delay: wholePatience, logger: false, skip: deaf, onTimeout: cutShort }, close)
  const leave = (broken: boolean): void => {
    begunAt = performance.now()
    isBroken = broken
    end()
  }
  onStop(() => {
    if (begunAt === undefined) return leave(false)
    if (performance.now() - begunAt < oneSignalMs) return
    cutShort()
    process.exit(1)
  })
  process.on('uncaughtException', (error) => {
    if (begunAt !== undefined) return
    tell('stopping after a fault')(error)
    leave(true)
  })
  return { begun: () => begunAt !== undefined }
}
