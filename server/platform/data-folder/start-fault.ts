/** Reasons for which the program does not start, or stops, each with one sentence for the person at the console. */
export type StartFaultCode =
  | 'data-folder.not-a-folder'
  | 'data-folder.read-only'
  | 'data-folder.disk-full'
  | 'data-folder.newer'
  | 'data-folder.in-use'
  | 'data-folder.keys-missing'
  | 'data-folder.keys-damaged'
  | 'database.no-binaries'
  | 'database.no-identity'
  | 'database.older-files'
  | 'database.newer-files'
  | 'database.no-port'
  | 'database.will-not-start'
  | 'database.keeps-failing'
  | 'database.password'
  | 'database.too-old'
  | 'database.encoding'
  | 'database.ctype'
  | 'database.role'
  | 'database.address'
  | 'database.unreachable'
  | 'database.refused'
  | 'demonstration.unfinished'
  | 'port.refused'
  | 'migrations.busy'
  | 'migrations.newer'
  | 'migrations.changed'
  | 'migrations.out-of-order'
  | 'migrations.files'
  | 'migrations.failed'

/** An expected failure of starting: `sentence` is Chinese, complete, and the only thing a person needs to read. */
export type StartFault = Error & { readonly code: StartFaultCode; readonly sentence: string }

/** Makes a start fault; `cause` goes to the log only. */
export function startFault(code: StartFaultCode, sentence: string, cause?: unknown): StartFault {
  return Object.assign(new Error(sentence, { cause }), { name: 'StartFault', code, sentence } as const)
}

/** True for errors made by `startFault`: print `sentence` and leave; anything else is a fault of ours. */
export function isStartFault(error: unknown): error is StartFault {
  return error instanceof Error && error.name === 'StartFault'
}

/** The errno name (`ENOSPC`, `EROFS` …) of a failed system call, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const readOnly = new Set(['EACCES', 'EPERM', 'EROFS'])
const diskFull = new Set(['ENOSPC', 'EDQUOT'])

/** Turns a failed system call on the data folder into its sentence; other errors come back as they are. */
export function asFolderFault(error: unknown, folder: string): unknown {
  if (isStartFault(error)) return error
  const errno = errnoOf(error)
  if (errno === undefined) return error
  if (readOnly.has(errno)) {
    return startFault(
      'data-folder.read-only',
      `数据文件夹 ${folder} 不能写入，请检查它的权限，或用 DATA_DIR 指定另一个文件夹。`,
      error,
    )
  }
  if (diskFull.has(errno)) {
    return startFault(
      'data-folder.disk-full',
      `数据文件夹 ${folder} 所在的磁盘已满，请腾出空间后再启动，已有数据没有丢失。`,
      error,
    )
  }
  if (errno === 'ENOTDIR' || errno === 'EEXIST') {
    return startFault(
      'data-folder.not-a-folder',
      `数据文件夹的位置 ${folder} 上有同名文件，请移走它，或用 DATA_DIR 指定另一个文件夹。`,
      error,
    )
  }
  return error
}
