import { type MessagePort, workerData } from 'node:worker_threads'
import { openSheetThread, type SecretKeys, secretsFrom, sendPacks } from '../platform/threads/index.ts'
import type { Reading } from './staged-lines.ts'

/** Reads, judges and seals a list in a thread of its own; what it sends is ready to be copied. */

const { reading, keys, port } = workerData as { reading: Reading; keys: SecretKeys; port: MessagePort }
const { fileName, mapping } = reading
// The thread that unpacks starts while this one is still loading what it judges by; the bytes go straight there.
const rows = openSheetThread({ content: port, name: fileName }, { unmerged: mapping.unmerged ?? [] })
const { stagedLines } = await import('./staged-lines.ts')
const secrets = secretsFrom(keys.encryptionKey, keys.indexKey)
await sendPacks(stagedLines(reading, secrets, rows), ({ packed }) => [packed.buffer])
