export type { Importing } from './importing.ts'
export { type RunWishes, runImport } from './run-import.ts'
export { served } from './served.ts'
export { importCrontab, importTasks } from './tasks.ts'
