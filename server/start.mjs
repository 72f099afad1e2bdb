import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

// Before every other file: what was compiled once is kept beside the program, and the next start takes half the time. This
// one is no TypeScript: for a single file of it that is not yet compiled the whole compiler would stay in memory.
enableCompileCache(join(import.meta.dirname, '../.cache/compiled'))
await import('./early-stop.ts')
await import('./run-program.ts')
flushCompileCache()
