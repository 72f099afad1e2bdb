import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../server/platform/data-folder/process-identity.ts'

const prefix = 'tongxing-run-'
// A browser that was closed at the end of a file may not be done with its own folder; it is none of ours.
const browsers = /^(\.org\.chromium\.|playwright)/

/**
 * Global setup of the tests: the whole run keeps its temporary files in one folder. What a test left there at the end
 * fails the run by name; the folder goes with the run, and that of a killed run goes with the next.
 */
export default function setUpTestFolder(): () => void {
  removeLeftFolders()
  const outer = process.env.TMPDIR
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  // The database of a run by root belongs to `nobody`, who must come through.
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  return () => {
    const left = readdirSync(folder).filter((name) => !browsers.test(name))
    if (outer === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = outer
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    if (left.length > 0) throw new Error(`left behind in the temporary folder by tests: ${left.toSorted().join(', ')}`)
  }
}

function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    rmSync(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}
