import { join } from 'node:path'
import { findKeys } from '../../data-folder/keys.ts'
import { findHolder } from '../../data-folder/lock-folder.ts'
import { isServerOf, readPostmaster } from './postmaster-file.ts'
import { type DatabaseUrls, urlsOf } from './start-embedded-database.ts'

/**
 * The database of a program that is running on this folder now, for a second program beside it (an import from the
 * shell); undefined when none runs, and the caller may open the folder itself.
 */
export function findRunningDatabase(dataFolder: string): DatabaseUrls | undefined {
  if (findHolder(dataFolder) === undefined) return undefined
  const files = join(dataFolder, 'database')
  const server = readPostmaster(files)
  const keys = findKeys(dataFolder)
  if (server === undefined || keys === undefined || !server.ready || !isServerOf(server.pid, files)) return undefined
  return urlsOf(keys, server.port)
}
