import { type StartFault, startFault } from '../../data-folder/start-fault.ts'

/** The sentence for what initdb or the server wrote before it gave up; undefined when we do not know the words. */
export function faultOfOutput(output: string, folder: string): StartFault | undefined {
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return startFault(
      'data-folder.disk-full',
      `数据文件夹 ${folder} 所在的磁盘已满，请腾出空间后再启动，已有数据没有丢失。`,
      output,
    )
  }
  if (
    /Read-only file system|Permission denied|Operation not permitted|has wrong ownership|has invalid permissions/.test(
      output,
    )
  ) {
    return startFault('data-folder.read-only', `数据库不能写入 ${folder}，请检查这个文件夹的所有者和权限。`, output)
  }
  if (/incompatible with server|was initialized by PostgreSQL version/.test(output)) {
    return startFault(
      'database.newer-files',
      `数据文件夹 ${folder} 由另一版本的数据库建立，请用当时的版本启动；数据没有改动。`,
      output,
    )
  }
  return undefined
}

/** The port was taken between choosing and binding it: choose another. */
export function isPortTaken(output: string): boolean {
  return /could not bind|could not create any TCP\/IP sockets/.test(output)
}

/** Workers of a killed server are still leaving: wait and try again. */
export function isStillLeaving(output: string): boolean {
  return /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(output)
}
