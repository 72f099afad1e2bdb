import { workerData } from 'node:worker_threads'
import { type SecretKeys, secretsFrom, sendPacks } from '../platform/threads/index.ts'
import { type Reading, stagedLines } from './staged-lines.ts'

/** Reads, judges and seals a list in a thread of its own; what it sends is ready to be copied. */

const { reading, keys } = workerData as { reading: Reading; keys: SecretKeys }
await sendPacks(stagedLines(reading, secretsFrom(keys.encryptionKey, keys.indexKey)), ({ packed }) => [packed.buffer])
