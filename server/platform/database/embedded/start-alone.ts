import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDataFolder, resolveDataFolder } from '../../data-folder/open-data-folder.ts'
import { isStartFault } from '../../data-folder/start-fault.ts'
import { startEmbeddedDatabase } from './start-embedded-database.ts'

/**
 * Runs the data folder and the database without the rest of the program; the tests start, kill and starve it.
 * Prints one line of JSON for each thing that happens, or one sentence when it does not start.
 */
async function startAlone(): Promise<void> {
  const folder = await openDataFolder(resolveDataFolder(process.env, process.cwd()))
  const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`)
  try {
    const started = performance.now()
    const log = (line: string) => say({ log: line })
    const database = await startEmbeddedDatabase({ dataFolder: folder.path, keys: folder.keys, log })
    const tookMs = Math.round(performance.now() - started)
    const health = createServer((_request, response) => response.end('ok'))
    health.listen(0, '127.0.0.1', () => {
      folder.announce(`http://127.0.0.1:${(health.address() as AddressInfo).port}`)
      say({ ready: true, ownerUrl: database.ownerUrl, port: database.port, pid: database.pid(), tookMs })
    })
    database.onExit((end) =>
      say(end.restarted ? { restarted: true, pid: database.pid() } : { gaveUp: end.fault.sentence }),
    )
    const leave = async () => {
      await database.stop()
      folder.close()
      process.exit(0)
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leave())
  } catch (error) {
    folder.close()
    throw error
  }
}

startAlone().catch((error: unknown) => {
  process.stdout.write(`${isStartFault(error) ? error.sentence : String(error)}\n`)
  if (process.env.SHOW_CAUSE === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n${error.cause}\n`)
  process.exitCode = 1
})
