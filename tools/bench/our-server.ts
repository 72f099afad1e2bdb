import pino from 'pino'
import { secretsFrom } from '#server/platform'
import { compose } from '../../server/compose.ts'

// The product as it serves people, in a process of its own.
const program = await compose({
  appUrl: process.env.APP_URL ?? '',
  workerUrl: process.env.WORKER_URL ?? '',
  secrets: secretsFrom(
    Buffer.from(process.env.ENCRYPTION_KEY ?? '', 'hex'),
    Buffer.from(process.env.INDEX_KEY ?? '', 'hex'),
  ),
  filesFolder: process.env.FILES_FOLDER ?? '',
  log: pino({ level: 'error' }),
  demo: false,
  version: 'bench',
  secure: false,
})
const address = await program.app.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ address })
process.on('message', () => process.send?.({ rss: process.memoryUsage().rss }))
