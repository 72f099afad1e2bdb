import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import './early-stop.ts'

// Before every other import: what was compiled once is kept beside the program, and the next start takes half the time.
enableCompileCache(join(import.meta.dirname, '../.cache/compiled'))
await import('./run-program.ts')
flushCompileCache()
