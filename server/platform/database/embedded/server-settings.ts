import { statfsSync } from 'node:fs'

/** What a start may vary: whether data must survive a power cut (always, except in tests), memory and the log folder. */
export type ServerWishes = { readonly durable: boolean; readonly memoryBytes: number; readonly logFolder: string }

const mebibyte = 1024 * 1024

/**
 * Settings of the embedded server, given at every start so that the program, not an edited file, decides them.
 * The log keeps a week. It never holds statements, parameters or error texts (`log_min_messages = log`, `terse`):
 * those quote names and numbers of children. The program itself logs the error codes.
 */
export function serverSettings(wishes: ServerWishes): Record<string, string> {
  const memoryMb = wishes.memoryBytes / mebibyte
  const safe = wishes.durable ? 'on' : 'off'
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    password_encryption: 'scram-sha-256',
    // A sixteenth of the memory: 256 MB on a laptop of 4 GB.
    shared_buffers: `${Math.round(between(64, memoryMb / 16, 1024))}MB`,
    effective_cache_size: `${Math.round(memoryMb / 2)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    jit: 'off',
    fsync: safe,
    synchronous_commit: safe,
    full_page_writes: safe,
    // Nobody replicates from the embedded server; backups are the program's own.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '2GB',
    // Two sessions of a large import wait for each other's log to reach the disk when it fits nowhere else: a second of what
    // they write, so that a slow disk is not waited for.
    wal_buffers: `${Math.round(between(16, memoryMb / 96, 256))}MB`,
    // A list being imported lies in a temporary table, read several times. Taken as needed, by the session that imports.
    temp_buffers: `${Math.round(between(8, memoryMb / 64, 128))}MB`,
    // A large import writes with two sessions that commit as one.
    max_prepared_transactions: '8',
    checkpoint_timeout: '15min',
    dynamic_shared_memory_type: sharedMemoryType(),
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    lc_messages: 'C',
    logging_collector: 'on',
    log_directory: wishes.logFolder,
    log_filename: 'postgres-%a.log',
    log_file_mode: '0600',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_line_prefix: '%m [%p] %e ',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    log_connections: '',
    log_disconnections: 'off',
  }
}

function between(least: number, wanted: number, most: number): number {
  return Math.min(most, Math.max(least, wanted))
}

/** Containers often have 64 MB of /dev/shm, too little for parallel queries; files do instead. */
function sharedMemoryType(): string {
  if (process.platform === 'win32') return 'windows'
  if (process.platform !== 'linux') return 'posix'
  try {
    const { blocks, bsize } = statfsSync('/dev/shm')
    return blocks * bsize < 256 * mebibyte ? 'mmap' : 'posix'
  } catch {
    return 'mmap'
  }
}
